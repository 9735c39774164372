"""A scenario as a person writes it, in YAML or JSON: a title and steps, each named by its verb.

title: One council for two districts
note: An example, not a forecast.
as_of: 2014-12-31                                  # what held on this day; all that is known where left out
steps:
- merge: [Winchester City Council, Hart District Council]
  into: {name: Mid Hampshire Council}              # or the name of a body that exists
- dissolve: Hampshire Senate
- withdraw: Hampshire County Council
  from: {kind: [Partnership]}                      # or names, or everything
- end: superfast broadband
- move: legal services
  from: Winchester City Council
  to: Mid Hampshire Council
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError

from service.answers.filters import Disputed, Filters
from service.errors import BadScenario
from service.model.vocabulary import Basis, Kind, Modality
from service.sources.entries import nearest
from service.sources.yaml_lines import Located, read_yaml

MOST_STEPS = 50

Name = Annotated[str, Field(min_length=1, max_length=300)]
Names = Annotated[list[Name], Field(min_length=1, max_length=500)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class NewBody(_Strict):
    """A body that a merge makes."""

    name: Name
    id: Annotated[str | None, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)] = None


class OfKind(_Strict):
    kind: Annotated[list[Kind], Field(min_length=1)]


class Merge(_Strict):
    """Bodies become one: a new body, or one that exists."""

    merge: Names
    into: NewBody | Name


class Dissolve(_Strict):
    """A body is no more, and nobody takes over."""

    dissolve: Name


class Withdraw(_Strict):
    """A body leaves some things, all things of a kind, or everything."""

    withdraw: Name
    leaves: Annotated[Names | OfKind | Literal["everything"], Field(alias="from")]


class End(_Strict):
    """A programme, service or partnership ends."""

    end: Name


class Move(_Strict):
    """What one body has to do with a programme or service passes to another."""

    move: Name
    source: Annotated[Name, Field(alias="from")]
    to: Name


_VERBS = ("merge", "dissolve", "withdraw", "end", "move")


def _verb(step: Any) -> str | None:
    if isinstance(step, BaseModel):
        return type(step).__name__.lower()
    return next((verb for verb in _VERBS if isinstance(step, Mapping) and verb in step), None)


Step = Annotated[
    Annotated[Merge, Tag("merge")]
    | Annotated[Dissolve, Tag("dissolve")]
    | Annotated[Withdraw, Tag("withdraw")]
    | Annotated[End, Tag("end")]
    | Annotated[Move, Tag("move")],
    Discriminator(_verb, custom_error_type="unknown_step", custom_error_message="unknown step"),
]


class Scenario(_Strict):
    title: Annotated[str, Field(min_length=1, max_length=300)]
    note: Annotated[str | None, Field(max_length=2000)] = None
    as_of: Annotated[date | None, Field(description="What held on this day; all that is known where left out.")] = None
    known_at: date | None = None
    basis: list[Basis] = Field(default_factory=list)
    modality: list[Modality] = Field(default_factory=list)
    disputed: Disputed | None = None
    currency: Annotated[
        str | None, Field(pattern="^[A-Z]{3}$", description="The currency in which orphaned money is counted.")
    ] = None
    steps: Annotated[list[Step], Field(min_length=1, max_length=MOST_STEPS)]

    def filters(self) -> Filters:
        basis, modality = ([each.value for each in given] for given in (self.basis, self.modality))
        return Filters(self.as_of, self.known_at, tuple(basis) or None, tuple(modality) or None, self.disputed is None)


def parse_scenario(document: Any) -> Scenario:
    """A scenario from plain values. Raises BadScenario for the first thing wrong, with the step it stands in."""
    try:
        return Scenario.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        step = step_of(first["loc"])
        raise BadScenario(explain(first), step) from None


def shipped(folder: Path) -> dict[str, Path]:
    """The scenarios kept beside the seeds in a folder, by name."""
    return {path.stem: path for path in sorted((folder / "scenarios").glob("*.yaml"))}


def read_scenario(path: Path) -> Scenario:
    """The scenario in a YAML or JSON file. Raises BadScenario with the step, and BadValue where it is no YAML."""
    document = read_yaml(path, path.name)
    if not isinstance(document, Located):
        raise BadScenario(f"{path.name}: expected a title and steps")
    try:
        return parse_scenario(document)
    except BadScenario as error:
        raise BadScenario(f"{path.name}: {error.detail}", file=path.name, number=error.step) from None


def step_of(place: tuple[int | str, ...]) -> int | None:
    """The number of the step that an error of validation stands in, counted from 1."""
    after = [place[i + 1] for i, part in enumerate(place[:-1]) if part == "steps"]
    return int(after[0]) + 1 if after and isinstance(after[0], int) else None


def explain(error: Any) -> str:
    """What is wrong, for people."""
    place = [str(part) for part in error["loc"] if part not in {"body", "steps"} and not isinstance(part, int)]
    given = error.get("input")
    if error["type"] == "unknown_step":
        keys = list(given) if isinstance(given, Mapping) else [str(given)]
        word = keys[0] if keys else "nothing"
        return f"unknown step {word!r:.60}{nearest(str(word), _VERBS)}; a step is one of {', '.join(_VERBS)}"
    where = ".".join(part for part in place if part not in _VERBS) or (place[-1] if place else "scenario")
    if error["type"] == "missing":
        return f"{where!r} is missing"
    if error["type"] == "extra_forbidden":
        return f"there is no {where!r} here"
    return f"{where}: {error['msg']}, found {given!r:.80}"
