"""The one protocol of all importers, and the register of the functions that make them.

A new importer is one file in this folder: a class of `Importer`, and a function decorated with `importer` whose
parameters are what it has to be told. The command line makes a command of each such function.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Annotated, TypeVar

from service.identity.bodies import KnownEntity
from service.model.facts import Entity, Fact
from service.model.rows import BadRow


@dataclass(frozen=True, slots=True)
class Held:
    """What the graph holds already."""

    datasets: Collection[str] = ()
    """The names of all imports, and of the seeds."""

    entities: Sequence[KnownEntity] = ()
    """Whatever comes from elsewhere than the import that asks."""


@dataclass(frozen=True, slots=True)
class Match:
    """Something of the file that the graph held already, under the name or identifier that the file has for it."""

    given: str
    id: str
    how: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. Nothing in it stops the import; what would is raised."""

    matched: tuple[Match, ...] = ()
    review: tuple[str, ...] = ()
    """What a person should look at."""

    left_out: tuple[BadRow, ...] = ()
    """Faults of rows that were to be left out."""

    counts: Mapping[str, int] = field(default_factory=dict)
    """How much there is of what, by its name in JSON."""

    notes: tuple[str, ...] = ()
    """What else is worth a sentence."""


class Importer(ABC):
    """What others publish, as entities and facts under one name. It is checked first; then what it says is taken.

    Its facts come as a stream, from the beginning at each call, so that a file's size does not matter.
    """

    name: str
    """Of the import, the dataset that it fills, and where it has one its source."""

    holds_seeds = False
    """Whether it may take the place of the seeds."""

    needs_names = True
    """Whether it recognises what the graph holds; one that does not is given no entities."""

    @abstractmethod
    def check(self, held: Held) -> Report:
        """Read all of it. Raises BadRows with everything wrong in it, StartError where it is no such file, and
        LoadConflict where the graph holds what it must not take the place of."""

    @abstractmethod
    def entities(self) -> Iterable[Entity]: ...

    @abstractmethod
    def facts(self) -> Iterable[Fact]:
        """Raises StartError where the file is no longer what was checked."""

    def awards(self) -> Sequence[str]:
        """Identifiers of grants, of which another import may hold some already."""
        return ()

    def leave_to_others(self, awards: Collection[str]) -> None:  # noqa: B027  most have none
        """Called after the check with those of its awards that another import holds: they stay that one's."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How somebody is asked for a parameter, on a command line or a form."""

    help: str
    option: bool = False
    """Whether it is asked for by its name, though it must be given."""

    several: bool = False
    """Whether several may be given: each is an import of its own."""


Recorded = Annotated[date | None, Asked("The day of the file; today if left out.")]
DecisionsFile = Annotated[Path | None, Asked("File of reviewed doubles; decisions.csv in the data folder.")]

Maker = Callable[..., Sequence[Importer]]
"""Makes the importers of a file: they go into the graph together, or not at all."""

M = TypeVar("M", bound=Maker)

_MAKERS: dict[str, Maker] = {}


def importer(name: str) -> Callable[[M], M]:
    """Register a function under the name of its command. Its docstring is the command's help."""

    def register(maker: M) -> M:
        _MAKERS[name] = maker
        return maker

    return register


def importers() -> Mapping[str, Maker]:
    """All that this folder can import, by the name of the command."""
    here = Path(__file__).parent
    for module in iter_modules([str(here)]):
        import_module(f"service.ingest.{module.name}")
    return dict(sorted(_MAKERS.items()))
