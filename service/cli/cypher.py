"""`joinedup cypher`: a statement, or a prompt with history and completion, through the same sandbox as over HTTP."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import orjson
import platformdirs
import typer
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.graph import CypherLexer
from rich.console import Console
from rich.table import Table

from service.cli.progress import Steps
from service.cli.session import with_store
from service.errors import BadParameter, ServiceError
from service.exports.rows import as_csv
from service.graph.cypher_expansion import as_written, cypher_files
from service.graph.cypher_files import text
from service.graph.store import Store
from service.sandbox.execution import Sandbox
from service.sandbox.values import as_json, as_text
from service.settings import Settings

_KEYWORDS = (
    *("MATCH", "OPTIONAL MATCH", "WHERE", "RETURN", "WITH", "UNWIND", "ORDER BY", "LIMIT", "SKIP", "DISTINCT", "COUNT"),
    *("EXISTS", "CALL", "AND", "OR", "NOT", "CONTAINS", "STARTS WITH", "ENDS WITH", "IN", "AS", "CASE", "WHEN", "END"),
)


def cypher(
    statement: Annotated[
        list[str] | None, typer.Argument(help="The statement; a prompt, or standard input, where it is left out.")
    ] = None,
    parameter: Annotated[
        list[str] | None, typer.Option("--param", "-p", help="name=value, where value is JSON or text.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="Rows at most.")] = 1000,
    plan: Annotated[bool, typer.Option("--plan", help="Show the plan and do not run it.")] = False,
    as_json_: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    ndjson: Annotated[bool, typer.Option("--ndjson", help="Print one JSON object a row.")] = False,
    expand: Annotated[
        bool, typer.Option("--expand", help="Write holds(f) and the like out, in the files named or in all of cypher/.")
    ] = False,
) -> None:
    """Run Cypher that reads. Without a statement: a prompt; end a statement with ; and leave with Ctrl-D.

    Parameters that are not given are those of the statement's own first comment, // :param {name: 'value'}."""
    if expand:
        _expand([Path(each) for each in statement or []])
        return
    if statement is not None and len(statement) > 1:
        raise BadParameter("several statements: put quotes around one, or mean files with --expand")
    settings = Settings()
    given = dict(_parameter(each) for each in parameter or [])
    form = "json" if as_json_ else "csv" if csv else "ndjson" if ndjson else "table"
    typed = statement[0] if statement else None if sys.stdin.isatty() else sys.stdin.read()

    async def work(store: Store) -> None:
        sandbox = Sandbox(store, timeout=settings.query_timeout)
        if typed is not None:
            await _run(sandbox, typed, given, limit, plan, form)
        else:
            await _prompt(store, sandbox, given, limit)

    with_store(settings, Steps(), work)


def _expand(files: Sequence[Path]) -> None:
    """Write each file as it should be, or none where one cannot be, and say which changed."""
    written = {path: as_written(path).encode() for path in files or cypher_files()}
    for path, content in written.items():
        if content != path.read_bytes():
            path.write_bytes(content)
            print(path)


async def _run(sandbox: Sandbox, statement: str, given: dict[str, Any], limit: int, plan: bool, form: str) -> None:
    async with sandbox.passing(statement, given, limit=limit, plan_only=plan) as passing:
        rows = [row async for row in passing.rows]
    if plan:
        _show_plan(passing.plan.root.as_json() if passing.plan.root else {}, 0)
        return
    columns = passing.columns
    if form == "json":
        body = {
            "columns": columns,
            "types": passing.types,
            "rows": [[as_json(value) for value in row] for row in rows],
            "truncated": passing.truncated,
            "seconds": round(passing.seconds, 4),
        }
        sys.stdout.buffer.write(orjson.dumps(body, option=orjson.OPT_INDENT_2) + b"\n")
    elif form == "ndjson":
        for row in rows:
            named = dict(zip(columns, map(as_json, row), strict=True))
            sys.stdout.buffer.write(orjson.dumps(named) + b"\n")
    elif form == "csv":
        sys.stdout.write(
            as_csv([dict(zip(columns, map(as_text, row), strict=True)) for row in rows], passing.truncated)
        )
    else:
        _table(columns, rows)
        print(f"{len(rows)} rows{', cut' if passing.truncated else ''}, {passing.seconds * 1000:.0f} ms")


async def _prompt(store: Store, sandbox: Sandbox, given: dict[str, Any], limit: int) -> None:
    history = Path(platformdirs.user_state_dir("joinedup", ensure_exists=True)) / "cypher-history"
    session: PromptSession[str] = PromptSession(
        "cypher> ",
        history=FileHistory(str(history)),
        completer=await _words(store),
        lexer=PygmentsLexer(CypherLexer),
        prompt_continuation="     .. ",
    )
    lines: list[str] = []
    while True:
        try:
            line = await session.prompt_async("     .. " if lines else "cypher> ")
        except KeyboardInterrupt:
            lines = []
            continue
        except EOFError:
            return
        lines.append(line)
        if line.rstrip().endswith(";") or (len(lines) == 1 and not line.strip()):
            statement, lines = "\n".join(lines).strip().removesuffix(";"), []
            if statement:
                await _answered(sandbox, statement, given, limit)


async def _answered(sandbox: Sandbox, statement: str, given: dict[str, Any], limit: int) -> None:
    """One statement of a prompt: what goes wrong is said, and the prompt goes on. Ctrl-C stops the statement."""
    task = asyncio.ensure_future(_run(sandbox, statement, given, limit, False, "table"))
    try:
        await task
    except ServiceError as error:
        print(f"{error.title}: {error.detail}")
    except (KeyboardInterrupt, asyncio.CancelledError):
        task.cancel()
        print("stopped")


class _Words(Completer):
    """Labels and relations after a colon, properties after a dot, else keywords."""

    def __init__(self, names: dict[str, list[str]]) -> None:
        self._names = names

    def get_completions(self, document: Document, event: CompleteEvent) -> Iterable[Completion]:
        word = document.get_word_before_cursor(pattern=None)
        before = document.text_before_cursor[: len(document.text_before_cursor) - len(word)]
        if word in {":", ".", "|"}:
            before, word = before + word, ""
        kind = before.rstrip()[-1:]
        choices: Sequence[str] = _KEYWORDS
        if kind in {":", "|"}:
            inside = before.rfind("[") > before.rfind("(")
            choices = self._names["relations"] if inside else self._names["labels"]
        elif kind == ".":
            choices = self._names["properties"]
        for choice in choices:
            if choice.lower().startswith(word.lower()):
                yield Completion(choice, start_position=-len(word))


async def _words(store: Store) -> Completer:
    table = await store.read(text("service/vocabulary"))
    return _Words(dict(zip(table.columns, table.rows[0], strict=True)))


def _table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    if not rows:
        return
    table = Table(*columns, show_lines=True, expand=False)
    for row in rows:
        table.add_row(*("" if value is None else str(as_text(value)) for value in row))
    Console(highlight=False).print(table)


def _show_plan(operator: dict[str, Any], depth: int) -> None:
    if operator:
        print(f"{'  ' * depth}{operator['operator']}  {operator['details']}")
        for child in operator["children"]:
            _show_plan(child, depth + 1)


def _parameter(given: str) -> tuple[str, Any]:
    name, equals, value = given.partition("=")
    if not equals:
        raise BadParameter(f"--param {given!r} is not name=value")
    try:
        return name, orjson.loads(value)
    except orjson.JSONDecodeError:
        return name, value
