"""`joinedup ask`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.table import Table as RichTable

from service.answers.answer import Answer
from service.answers.ask import Questions
from service.answers.catalog import Catalog, read_catalog
from service.answers.filters import Disputed, Filters
from service.cli.progress import Steps
from service.cli.reading import read_questions, typed_lines
from service.cli.session import with_store
from service.errors import BadParameter
from service.exports.rows import as_csv, plain
from service.graph.revisions import of_one_revision
from service.graph.store import Store
from service.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
LeaveOut = Annotated[Disputed | None, typer.Option("--disputed", help="leave_out: only facts that nobody disputes.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]


def ask(
    question: Annotated[
        list[str] | None,
        typer.Argument(help="A question, or the name of a query and its parameters: --body Winchester."),
    ] = None,
    list_queries: Annotated[bool, typer.Option("--list", help="List the queries by name.")] = False,
    as_of: Annotated[str | None, typer.Option(help="Only what held on this day, 2012-01-01.")] = None,
    known_at: Annotated[str | None, typer.Option(help="Only what sources had recorded by this day.")] = None,
    basis: Annotated[list[str] | None, typer.Option(help="stated, implied or register; may repeat.")] = None,
    modality: Annotated[list[str] | None, typer.Option(help="actual, planned, ...; may repeat.")] = None,
    disputed: LeaveOut = None,
    as_json: AsJson = False,
    csv: AsCsv = False,
    read: Annotated[
        bool, typer.Option("--read", help="Say how a question is read, without a database; see below.")
    ] = False,
) -> None:
    """Ask a question as you would type it, or a query by name.

    joinedup ask which partners share services with Winchester
    joinedup ask partners-sharing-services --body Winchester
    joinedup ask --read < questions.txt

    --read answers nothing: it prints how each question is read, one JSON object a line. Without a question it reads
    standard input, one question a line.

    Exit code 3 where a name is ambiguous, 4 where nothing that the question names is known.
    """
    catalog, settings = read_catalog(), Settings()
    words = question or []
    if read:
        read_questions([" ".join(words)] if words else typed_lines(), settings.seeds_dir)
        return
    if list_queries or not words:
        for query in catalog:
            print(f"{query.name:28} {query.title}  {' '.join('--' + p.name for p in query.parameters)}")
        return
    filters = Filters(
        _day("as-of", as_of),
        _day("known-at", known_at),
        tuple(basis or ()) or None,
        tuple(modality or ()) or None,
        disputed is None,
    )

    async def work(store: Store) -> Answer:
        questions = Questions(store, catalog, row_limit=settings.row_limit, timeout=settings.query_timeout)

        async def answered(revision: str) -> Answer:
            if words[0] in catalog.queries:
                return await questions.run(words[0], query_parameters(words[1:], catalog, words[0]), filters, revision)
            return await questions.ask(" ".join(words), filters, revision)

        return await of_one_revision(await store.revision(), store.revision, answered)

    answer = with_store(settings, Steps(), work)
    if as_json:
        sys.stdout.buffer.write(orjson.dumps(asdict(answer), default=plain, option=orjson.OPT_INDENT_2) + b"\n")
    elif csv:
        sys.stdout.write(as_csv(answer.rows, answer.truncated))
    else:
        _show(answer)


def _show(answer: Answer) -> None:
    console = Console(highlight=False, soft_wrap=False)
    console.print(f"\n{answer.answer}\n")
    _table([*answer.columns, "because"], [row | {"because": row["quotes"]} for row in answer.rows])
    for note in answer.notes:
        console.print(f"- {note}")


def _table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    used = [name for name in columns if any(row.get(name) not in (None, [], "") for row in rows)]
    if not rows or not used:
        return
    table = RichTable(*used, show_lines=True, expand=False)
    for row in rows:
        table.add_row(*(_cell(row.get(name)) for name in used))
    Console(highlight=False).print(table)


def _cell(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name") or dict(value))
    if isinstance(value, list):
        return "\n".join(_cell(each) for each in value)
    return "" if value is None else str(value)


def query_parameters(words: Sequence[str], catalog: Catalog, name: str) -> dict[str, str]:
    """`--body Winchester --limit=3` as parameters; what stands first without a name is the first parameter."""
    query, given, rest = catalog[name], dict[str, str](), list(words)
    while rest:
        word = rest.pop(0)
        if word.startswith("--"):
            key, equals, value = word[2:].partition("=")
            if not equals:
                if not rest:
                    raise BadParameter(f"--{key} needs a value")
                value = rest.pop(0)
            given[key.replace("-", "_")] = value
        else:
            free = [parameter.name for parameter in query.parameters if parameter.name not in given]
            if not free:
                raise BadParameter(f"{name} takes no more than {len(query.parameters)} parameters, found {word!r}")
            given[free[0]] = word
    return given


def _day(name: str, given: str | None) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise BadParameter(f"--{name}: {given!r} is not a day such as 2012-01-01") from None
