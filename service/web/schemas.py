"""What requests may hold and answers do hold: the models behind the OpenAPI document."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model, field_validator

from service.answers.ask import MOST_CHARACTERS
from service.answers.filters import Disputed, Filters
from service.model.dates import PartialDate
from service.model.schema import ENTITY_PROPERTIES, FACT_FIELDS, FACT_PROPERTIES, Property
from service.model.vocabulary import RELATIONS, Basis, Kind, Modality

MOST_RESULTS = 1000


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FilterParams(Strict):
    as_of: Annotated[date | None, Field(description="Only what held on this day.")] = None
    known_at: Annotated[date | None, Field(description="Only what sources had recorded by this day.")] = None
    basis: Annotated[list[Basis], Field(description="Only facts with such a basis; may repeat.")] = []
    modality: Annotated[list[Modality], Field(description="Only facts of such a modality; may repeat.")] = []
    disputed: Annotated[Disputed | None, Field(description="leave_out: only facts that nobody disputes.")] = None

    @field_validator("as_of", "known_at", "disputed", mode="before")
    @classmethod
    def _left_empty(cls, given: Any) -> Any:
        """A form sends what nobody filled in as nothing."""
        return given or None

    def filters(self) -> Filters:
        basis, modality = ([each.value for each in given] for given in (self.basis, self.modality))
        return Filters(self.as_of, self.known_at, tuple(basis) or None, tuple(modality) or None, self.disputed is None)


class AskParams(FilterParams):
    q: Annotated[str, Field(description=f"The question as you would type it, at most {MOST_CHARACTERS} characters.")]
    limit: Annotated[int | None, Field(ge=1, le=MOST_RESULTS, description="Rows at most.")] = None


class PageParams(Strict):
    limit: Annotated[int, Field(ge=1, le=MOST_RESULTS, description="Results at most.")] = 50
    offset: Annotated[int, Field(ge=0, le=1_000_000, description="Results to pass over.")] = 0


class EntityParams(PageParams):
    q: Annotated[str | None, Field(max_length=MOST_CHARACTERS, description="A name, whole or in part.")] = None
    kind: Annotated[list[Kind], Field(description="Only entities of such a kind; may repeat.")] = []
    as_of: Annotated[date | None, Field(description="Only what existed on this day.")] = None
    known_at: Annotated[date | None, Field(description="Only what a source had spoken of by this day.")] = None


class FactParams(PageParams, FilterParams):
    source: Annotated[list[str], Field(description="Only facts of this source; may repeat.")] = []
    subject: Annotated[list[str], Field(description="Only facts from this entity, by id or name; may repeat.")] = []
    object: Annotated[list[str], Field(description="Only facts to this entity, by id or name; may repeat.")] = []
    relation: Annotated[list[str], Field(description=f"Only such relations: {', '.join(RELATIONS)}; may repeat.")] = []


class NamedModel(BaseModel):
    id: str
    name: str
    kind: str


def _fields(properties: Iterable[Property]) -> dict[str, Any]:
    """Properties as the fields of a model: each with its sentence, and null where it need not be there."""
    types: dict[type, Any] = {list: list[str], PartialDate: str}
    fields: dict[str, Any] = {}
    for each in properties:
        type_ = types.get(each.type_, each.type_)
        if each.required:
            fields[each.name] = (type_, Field(description=each.says))
        else:
            fields[each.name] = (type_ | None, Field(None, description=each.says))
    return fields


_FactFields: Any = create_model(
    "_FactFields",
    id=(str, ...),
    subject=(NamedModel, ...),
    relation=(str, ...),
    object=(NamedModel, ...),
    **_fields(each for each in FACT_PROPERTIES if each.name in FACT_FIELDS),
)
_ListedFields: Any = create_model(
    "_ListedFields",
    **_fields(
        replace(each, required=each.name in NamedModel.model_fields) for each in ENTITY_PROPERTIES if each.listed
    ),
)
_EntityFields: Any = create_model(
    "_EntityFields",
    __config__=ConfigDict(extra="allow"),
    **_fields(each for each in ENTITY_PROPERTIES if each.shown),
)


class FactModel(_FactFields):  # type: ignore[misc]
    """One fact, as every answer shows it."""


class ListedModel(_ListedFields):  # type: ignore[misc]
    """One entity, as a list shows it; where names are searched for, only its id, name and kind."""


class AnswerModel(BaseModel):
    question: str | None
    query: str
    title: str
    answer: Annotated[str, Field(description="The answer in words.")]
    parameters: dict[str, Any]
    columns: list[str]
    rows: Annotated[list[dict[str, Any]], Field(description="Columns, `evidence` (ids of facts) and `quotes` a row.")]
    evidence: list[FactModel]
    grades: Annotated[dict[str, str], Field(description="What each grade means.")]
    notes: Annotated[list[str], Field(description="What the rows do not show.")]
    truncated: bool
    revision: str


class PageModel(BaseModel):
    results: list[Any]
    total: int
    limit: int
    offset: int
    next: str | None


class SuggestedModel(NamedModel):
    href: str


class EntityListModel(PageModel):
    results: list[ListedModel]
    nearest: list[SuggestedModel] = []
    """Where nothing is named so: what may have been meant."""


class FactListModel(PageModel):
    results: list[FactModel]


class EntityModel(_EntityFields):  # type: ignore[misc]
    """One entity with all that is known of it. What it lacks is left out."""

    fate: Annotated[str | None, Field(description="Of a body that ended: when, and who came after it.")] = None
    successors: Annotated[list[NamedModel], Field(default_factory=list)]
    facts_out: list[FactModel]
    facts_in: list[FactModel]


class SourceModel(BaseModel):
    model_config = ConfigDict(extra="allow")

    id: str
    name: str
    publisher: str | None = None
    date: str
    recorded: datetime.date
    sha256: str


class SourceListModel(PageModel):
    results: list[SourceModel]


class ChangesModel(PageModel):
    model_config = ConfigDict(extra="allow")

    counts: Annotated[dict[str, int], Field(description="All changes of the span, by kind, before other filters.")]
    means: Annotated[dict[str, str], Field(description="What each kind of change says, and what it does not.")]
    evidence: list[FactModel]
    revision: str


class TotalModel(BaseModel):
    status: Annotated[str, Field(description="actual, planned, sought (proposed or hypothetical) or ended.")]
    currency: Annotated[str | None, Field(description="ISO 4217; null where no amount is known.")]
    total: Annotated[float | None, Field(description="The sum of what is known.")]
    unknown: Annotated[int, Field(description="Gifts whose amount no source gives.")]
    facts: Annotated[list[str], Field(description="The facts in the sum.")]
    left_out: Annotated[list[dict[str, str]], Field(description="Facts left out of it, each with the reason.")]


class FlowsModel(PageModel):
    model_config = ConfigDict(extra="allow")

    totals: list[TotalModel]
    notes: list[str]
    evidence: list[FactModel]
    revision: str


class AccountModel(BaseModel):
    """Money of one programme or body. Every total lists the facts in it, and those left out with the reason."""

    model_config = ConfigDict(extra="allow")

    totals: list[TotalModel]
    together: Annotated[list[dict[str, Any]], Field(description="Sums given together, each once.")]
    gifts: list[dict[str, Any]]
    supporters: Annotated[list[dict[str, Any]], Field(description="Sponsors: no source says that they give money.")]
    leverage: Annotated[list[dict[str, Any]], Field(description="What came beside each unit given, by currency.")]
    figures: Annotated[list[dict[str, Any]], Field(description="What sources report beside, never added.")]
    notes: list[str]
    evidence: list[FactModel]
    revision: str


class ScenarioModel(BaseModel):
    """What a what-if does to a copy of the network."""

    model_config = ConfigDict(extra="allow")

    title: str
    note: str | None
    says: str
    steps: Annotated[list[dict[str, Any]], Field(description="Each step, in words and as it was given.")]
    counts: Annotated[dict[str, int], Field(description="Effects by kind.")]
    effects: Annotated[list[dict[str, Any]], Field(description="What is lost, becomes internal or passes on.")]
    via_group: Annotated[list[dict[str, Any]], Field(description="What is said of groups that the bodies belong to.")]
    orphaned: Annotated[list[TotalModel], Field(description="Money that loses its giver or what it was for.")]
    scores: Annotated[dict[str, Any], Field(description="Scores of the network and of bodies, before and after.")]
    evidence: list[FactModel]
    revision: str


class CypherModel(BaseModel):
    columns: list[str]
    types: Annotated[list[str], Field(description="The types seen in each column, by Neo4j's names.")]
    rows: Annotated[list[list[Any]], Field(description="What JSON has no type for is {$type, _value}.")]
    truncated: Annotated[bool, Field(description="Whether rows were cut at the limit.")]
    seconds: Annotated[float, Field(description="From the first row asked for to the last one read.")]
    plan: Annotated[dict[str, Any] | None, Field(description="Operators, where the plan was asked for.")]


class QueryModel(BaseModel):
    name: str
    title: str
    ask: list[str]
    parameters: list[dict[str, Any]]
    columns: list[dict[str, str]]
    cypher: str


class QueryListModel(PageModel):
    results: list[QueryModel]


class Problem(BaseModel):
    """RFC 9457."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    instance: str


def documented(model: type[BaseModel], *problems: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route: its three forms, and each problem that it can have."""
    html_and_csv = {"text/csv": {"schema": {"type": "string"}}, "text/html": {"schema": {"type": "string"}}}
    answers: dict[int | str, dict[str, Any]] = {
        200: {"model": model, "content": html_and_csv},
        304: {"description": "Unchanged since the ETag in If-None-Match."},
    }
    schema = {"$ref": "#/components/schemas/Problem"}
    for status in sorted({401, 403, 413, 422, 429, 503, *problems}):
        answers[status] = {
            "description": _PROBLEMS[status],
            "content": {"application/problem+json": {"schema": schema}, "text/html": {"schema": {"type": "string"}}},
        }
    return answers


_PROBLEMS = {
    300: "The name fits several: `candidates` lists them.",
    401: "A key is needed, or the one sent is not known.",
    403: "Only reading is allowed, or the key lacks the scope.",
    404: "There is no such thing: `nearest` lists near names.",
    413: "The request is longer than it may be.",
    429: "Too many requests: Retry-After says when to come again.",
    422: "A parameter is wrong: `detail` says which and how.",
    503: "Neo4j cannot be reached now; try again.",
    504: "The query took too long and was stopped.",
}


class ScoreModel(BaseModel):
    """Scores with their account: `value` is null where it is not defined, and `reason` says why."""

    model_config = ConfigDict(extra="allow")

    results: list[dict[str, Any]]
    scope: dict[str, Any]
    n: int
    m: int
    revision: str
