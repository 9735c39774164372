"""Questions: as typed (/ask), and by name (/queries)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import ValidationError

from service.answers.answer import Answer
from service.answers.filters import Filters
from service.answers.statements import FILTERS
from service.answers.statements import Query as NamedQuery
from service.errors import BadParameter
from service.web.rendering import Content
from service.web.responses import Replying
from service.web.schemas import AnswerModel, AskParams, FilterParams, QueryListModel, documented

router = APIRouter(tags=["questions"])


@router.get("/ask", responses=documented(AnswerModel, 300, 404, 504), summary="Ask a question as you would type it")
async def ask(params: Annotated[AskParams, Query()], request: Request, reply: Replying) -> Response:
    """Graded rows, the quotes behind them, and what the sources do not say. A question that no pattern fits is
    answered by search, with `query: "search"`."""

    async def make() -> Content:
        questions = reply.services.questions
        answer = await questions.ask(params.q, params.filters(), reply.revision, limit=params.limit)
        return _content(answer, "/ask", request.url.query, reply)

    return await reply(make)


@router.get("/queries", responses=documented(QueryListModel), summary="The questions that can be asked by name")
async def queries(reply: Replying) -> Response:
    async def make() -> Content:
        results = [_query(query) for query in reply.services.catalog]
        data = {"results": results, "total": len(results), "limit": len(results), "offset": 0, "next": None}
        rows = [{key: result[key] for key in ("name", "title", "ask")} for result in results]
        return Content(data, rows, reply.revision, "queries.html")

    return await reply(make)


@router.get(
    "/queries/{name}",
    responses=documented(AnswerModel, 300, 404, 504),
    summary="The answer of one query, by name",
    openapi_extra={
        "parameters": [
            {
                "name": "parameters",
                "in": "query",
                "description": "What /queries lists for it, with as_of, known_at, basis, modality, disputed, limit.",
                "schema": {"type": "object", "additionalProperties": {"type": "string"}},
                "style": "form",
                "explode": True,
            }
        ]
    },
)
async def query(name: str, request: Request, reply: Replying) -> Response:
    given = dict[str, list[str]]()
    for key, value in request.query_params.multi_items():
        given.setdefault(key, []).append(value)
    filters, limit = _filters(given)
    values = {key: _once(key, each) for key, each in given.items() if key not in (*FILTERS, "limit")}

    async def make() -> Content:
        questions = reply.services.questions
        answer = await questions.run(name, values, filters, reply.revision, limit=limit)
        return _content(answer, f"/queries/{name}", request.url.query, reply)

    return await reply(make)


class _NamedParams(FilterParams):
    limit: int | None = None


def _filters(given: dict[str, list[str]]) -> tuple[Filters, int | None]:
    """The filters among a query's parameters. Raises BadParameter."""
    known: dict[str, Any] = {key: given[key] for key in ("basis", "modality") if key in given}
    known |= {key: _once(key, given[key]) for key in ("as_of", "known_at", "disputed", "limit") if key in given}
    try:
        params = _NamedParams.model_validate(known)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadParameter(f"{first['loc'][0]}: {first['msg']}") from None
    return params.filters(), params.limit


def _once(name: str, values: list[str]) -> str:
    if len(values) > 1:
        raise BadParameter(f"{name} stands {len(values)} times; give it once")
    return values[0]


def _query(query: NamedQuery) -> dict[str, Any]:
    parameters = [
        {
            "name": parameter.name,
            "type": parameter.type.value,
            "description": parameter.description,
            "required": parameter.required,
            "default": parameter.default,
            "choices": list(parameter.choices),
        }
        for parameter in query.parameters
    ]
    return {
        "name": query.name,
        "title": query.title,
        "ask": [pattern.expansions[-1] for pattern in query.ask],
        "patterns": [pattern.text for pattern in query.ask],
        "parameters": parameters,
        "columns": [{"name": column.name, "description": column.description} for column in query.columns],
        "cypher": query.cypher,
    }


def _csv_row(row: dict[str, Any], sources: dict[str, str]) -> dict[str, Any]:
    named = list(dict.fromkeys(sources[each] for each in row["evidence"] if each in sources))
    return row | {"sources": named}


def _bound(shown: dict[str, Any]) -> dict[str, Any]:
    """Parameters as the Cypher takes them."""
    return {name: value["id"] if isinstance(value, dict) else value for name, value in shown.items()}


def _content(answer: Answer, path: str, asked: str, reply: Replying) -> Content:
    data = {
        "question": answer.question,
        "query": answer.query,
        "title": answer.title,
        "answer": answer.answer,
        "parameters": answer.parameters,
        "columns": answer.columns,
        "rows": answer.rows,
        "evidence": answer.evidence,
        "grades": answer.grades,
        "notes": answer.notes,
        "truncated": answer.truncated,
        "revision": answer.revision,
    }
    sources = {fact["id"]: fact["source"] for fact in answer.evidence}
    rows = [_csv_row(row, sources) for row in answer.rows]
    cypher = reply.services.catalog.queries.get(answer.query)
    page = {
        "cypher": cypher.cypher if cypher else None,
        "bound": _bound(answer.parameters),
        "facts": {fact["id"]: fact for fact in answer.evidence},
        "browser": reply.services.browser,
        "path": path,
        "asked": asked,
    }
    return Content(data, rows, answer.revision, "answer.html", answer.truncated, page)
