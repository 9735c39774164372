"""How the columns of somebody's table become facts: a small YAML file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from service.errors import BadValue, StartError
from service.model.dates import PartialDate
from service.model.vocabulary import RELATIONS, Kind, Modality
from service.sources.entries import nearest
from service.sources.yaml_lines import read_yaml


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Columns(_Strict):
    """The header, in their table, of each thing that we need. What is left out, the table does not say."""

    partner: str
    programme: str
    role: str | None = None
    start: Annotated[str | None, Field(alias="from")] = None
    end: Annotated[str | None, Field(alias="to")] = None
    amount: str | None = None
    currency: str | None = None
    source: str | None = None
    """Where the owner of the table has it from: kept in the note of each fact."""

    @property
    def headers(self) -> list[str]:
        return [name for name in self.model_dump().values() if name]


class Split(_Strict):
    """What parts the entries of a cell that is a list: each is a row of its own, and a sum is theirs together."""

    partner: Annotated[str | None, Field(min_length=1)] = None
    programme: Annotated[str | None, Field(min_length=1)] = None


class Kinds(_Strict):
    """What a body or programme is that the graph does not know yet."""

    partner: Kind = Kind.AGENCY
    programme: Kind = Kind.PROGRAMME


class Mapping(_Strict):
    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    """Name of the import and id of its source."""

    title: str
    publisher: str | None = None
    licence: str | None = None
    date: str
    """The day, month or year of the table."""

    columns: Columns
    relation: str = "TAKES_PART_IN"
    roles: dict[str, str] = Field(default_factory=dict)
    """Their words for a role, and ours."""

    kinds: Kinds = Kinds()
    dates: str | None = None
    """How their days are written, such as %d/%m/%Y; without it as 2019, 2019-04 or 2019-04-01."""

    currency: Annotated[str | None, Field(pattern=r"^[A-Z]{3}$")] = None
    """Of every amount, where the table has no column for it."""

    split: Split = Split()
    empty: tuple[str, ...] = ()
    """Their words for a cell that says nothing, such as TBC."""

    encoding: str | None = None
    delimiter: Annotated[str | None, Field(min_length=1, max_length=1)] = None
    sheet: str | None = None
    modality: Modality = Modality.ACTUAL

    @field_validator("date")
    @classmethod
    def _a_date(cls, given: str) -> str:
        return PartialDate.parse(given).text

    @model_validator(mode="after")
    def _in_the_vocabulary(self) -> Mapping:
        relation = RELATIONS.get(self.relation)
        if relation is None:
            raise ValueError(f"{self.relation} is no relation{nearest(self.relation, RELATIONS)}")
        if self.kinds.partner not in relation.subjects or self.kinds.programme not in relation.objects:
            raise ValueError(f"{self.relation} does not go from {self.kinds.partner} to {self.kinds.programme}")
        if self.columns.amount and not relation.money:
            raise ValueError(f"{self.relation} carries no amount; FUNDS does")
        if unknown := sorted(set(self.roles.values()).difference(relation.roles)):
            raise ValueError(f"{self.relation} has no role {', '.join(unknown)}; it has {_listed(relation.roles)}")
        return self


def read_mapping(path: Path) -> Mapping:
    """Raises StartError, with the place, where the file is no such mapping."""
    try:
        return Mapping.model_validate(read_yaml(path, str(path), typed=False))
    except BadValue as error:
        raise StartError(str(error)) from error
    except ValidationError as error:
        lines = [f"  {'.'.join(map(str, each['loc'])) or 'the file'}: {each['msg']}" for each in error.errors()]
        raise StartError("\n".join([f"{path} is no mapping:", *lines])) from error


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words)) or "none"
