"""What an entry of a seed file may hold: the edge where text becomes typed values."""

from __future__ import annotations

import difflib
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from service.errors import BadValue, SeedError
from service.model.dates import PartialDate
from service.model.vocabulary import MEASURES, ORGANISATIONS, Basis, Kind, Modality
from service.sources.yaml_lines import Located

Text = Annotated[str, Field(min_length=1, max_length=5000)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
Date = Annotated[PartialDate, BeforeValidator(lambda value: PartialDate.parse(str(value)))]
Amount = Annotated[float, Field(ge=0, le=1e13, allow_inf_nan=False)]


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class EntityEntry(Entry):
    id: Slug
    kind: Kind
    name: Text
    aliases: tuple[Text, ...] = ()
    shared: tuple[Text, ...] = ()
    """Names that another entity rightly bears too: asking by one gives the candidates."""

    summary: Text | None = None
    count: Annotated[int, Field(ge=1)] | None = None
    complete: bool | None = None
    named: Literal[False] | None = None
    """False where it stands for somebody whom the source does not name."""

    date: Date | None = None
    measure: Text | None = None
    amount: Amount | None = None
    unit: Text | None = None
    period: Text | None = None
    estimated_by: Slug | None = None
    approximate: bool | None = None


class SourceEntry(Entry):
    id: Slug
    title: Text
    aliases: tuple[Text, ...] = ()
    publisher: Text | None = None
    licence: Text | None = None
    date: Date
    date_note: Text | None = None
    recorded: Date | None = None
    file: Text
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class FactEntry(Entry):
    subject: Text
    relation: Text
    object: Text
    basis: Basis = Basis.STATED
    modality: Modality = Modality.ACTUAL
    role: Text | None = None
    amount: Amount | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    joint: Slug | None = None
    note: Text | None = None
    valid_from: Date | None = None
    valid_until: Date | None = None


class SaysEntry(Entry):
    quote: Text
    line: Annotated[int, Field(ge=1)] | None = None
    facts: Annotated[tuple[dict[str, Any], ...], Field(min_length=1)]


class PlacesEntry(Entry):
    group: Text
    where: Annotated[dict[str, str], Field(min_length=1)]
    note: Text | None = None


E = TypeVar("E", bound=Entry)


def parse(model: type[E], value: Any, *, file: str, line: int, errors: list[SeedError]) -> E | None:
    """`value` as an entry of type `model`; what is wrong with it goes to `errors`, each at its line."""
    if not isinstance(value, Located):
        errors.append(BadValue(f"expected an entry with {_fields(model)}, found {value!r:.60}", file=file, line=line))
        return None
    try:
        return model.model_validate(dict(value))
    except ValidationError as error:
        for problem in error.errors():
            key = str(problem["loc"][0]) if problem["loc"] else ""
            errors.append(BadValue(_explain(model, key, problem), file=file, line=value.lines.get(key, value.line)))
        return None


def _explain(model: type[Entry], key: str, problem: Any) -> str:
    given = problem.get("input")
    match problem["type"]:
        case "extra_forbidden":
            return f"unknown key {key!r}{nearest(key, model.model_fields)}; an entry may hold {_fields(model)}"
        case "missing":
            return f"{key!r} is missing"
        case "enum":
            allowed = problem["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
            return f"{key}: {given!r} is not one of {', '.join(allowed)}{nearest(str(given), allowed)}"
        case "value_error":
            return f"{key}: {problem['ctx']['error']}"
        case "string_pattern_mismatch" if key in {"id", "joint", "estimated_by"}:
            return f"{key}: {given!r} is not an id; use lower-case words joined by hyphens"
        case "string_pattern_mismatch" if key == "currency":
            return f"currency: {given!r} is not an ISO 4217 code such as GBP"
    return f"{key}: {problem['msg']}, found {given!r:.60}"


def nearest(word: str, words: Any) -> str:
    """`; did you mean 'x'?`, or nothing where no word is near."""
    near = difflib.get_close_matches(word, [str(each) for each in words], n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""


def _fields(model: type[Entry]) -> str:
    return ", ".join(model.model_fields)


def check_named(entry: EntityEntry) -> str | None:
    """What is wrong with an entity that is said to stand for somebody else, if anything."""
    if entry.named is False and entry.kind not in ORGANISATIONS:
        return f"named: false is for a body that the source does not name; {entry.id} is of the kind {entry.kind}"
    return None


def check_measure(entry: EntityEntry) -> str | None:
    """What is wrong with the figure of an outcome, if anything."""
    if entry.kind is not Kind.OUTCOME:
        return "only an Outcome has a measure, an amount or a unit" if entry.measure or entry.unit else None
    if entry.measure not in MEASURES:
        known = ", ".join(sorted(MEASURES))
        return f"measure: {entry.measure!r} is not one of {known}{nearest(str(entry.measure), MEASURES)}"
    if entry.amount is not None and entry.unit is None:
        return f"amount {entry.amount:g} has no unit; write unit: GBP, or what is counted"
    return None
