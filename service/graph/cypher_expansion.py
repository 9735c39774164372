"""The short forms of cypher/, and what is written out for them, so that each file runs anywhere as it stands.

    holds(f)                 /* holds(f) */ (f.basis IN $basis AND …)   cypher/holds.cypher, for an edge f
    [f:any relation]         [f:MEMBER_OF|… /* any relation */]         an edge without a type would have no index
    [f:tying relation|USES]  [f:MEMBER_OF|… /* tying relation */|USES]
    e {listed property}      e {.id, .name, … /* listed property */}    an entity as a list shows it; `source` likewise
    RETURN fact(s, f, o)     /* fact(s, f, o) */ f.fact AS id, … /* end */   a fact's columns, for an edge f from s to o

Neo4j takes no short form: an unknown function, a syntax error. The comment beside what is written out is the mark by
which it is found again, and written anew when the predicate or the relations change.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

from service.errors import BadParameter, StatementError
from service.graph.cypher_parameters import parameter_line, parameters_in
from service.graph.cypher_tokens import Sort, Token, code_of, place, tokens
from service.model.schema import FACT_FIELDS, FACT_PROPERTIES, LISTED_FIELDS, SOURCE_FIELDS
from service.model.vocabulary import RELATIONS, Tying

CYPHER = Path(__file__).resolve().parents[2] / "cypher"

RELATION_SETS = {"any relation": tuple(RELATIONS), "tying relation": tuple(Tying)}
PROPERTY_SETS = {"listed property": LISTED_FIELDS, "source property": SOURCE_FIELDS}

_SETS = {name: "|".join(each) for name, each in RELATION_SETS.items()} | {
    name: ", ".join(f".{field}" for field in each) for name, each in PROPERTY_SETS.items()
}
_HOLDS_MARK = re.compile(r"/\* holds\((\w+)\) \*/")
_FACT_MARK = re.compile(r"/\* fact\((\w+), (\w+), (\w+)\) \*/")
_END_MARK = "/* end */"
_SET_MARK = re.compile(rf"/\* ({'|'.join(_SETS)}) \*/")


def expanded(statement: str, file: str) -> str:
    """`statement` with its short forms written out, and with what was written out before written anew.

    Raises StatementError, with the line in `file`, where a mark stands beside nothing that it could mark.
    """
    out: list[str] = []
    given = tokens(statement)
    at = 0
    while at < len(given):
        token = given[at]
        short, mark = _short_holds(given, at), _HOLDS_MARK.fullmatch(token.text)
        if short:
            at, variable = short
            out += [*_apart(out), _held(variable)]
        elif mark:
            at = _behind_brackets(given, at, statement, file)
            out.append(_held(mark[1]))
        elif short_fact := _short_fact(given, at):
            at, ends = short_fact
            out += [*_apart(out), _fact(*ends)]
        elif mark := _FACT_MARK.fullmatch(token.text):
            at = _behind_end(given, at, statement, file)
            out.append(_fact(*mark.groups()))
        elif (named := _short_set(given, at)) and out and out[-1] == _before(named):
            out.append(_listed(named))
            at += 3
        elif mark := _SET_MARK.fullmatch(token.text):
            while out and (out[-1] in {"|", ".", ","} or out[-1].isspace() or re.fullmatch(r"\w+", out[-1])):
                out.pop()
            if not out or out[-1] != _before(mark[1]):
                where = "`[f:A|B /* … */]`" if mark[1] in RELATION_SETS else "`e {.id, .name /* … */}`"
                raise _misplaced(statement, token, file, f"behind what it is a list of, {where}")
            out.append(_listed(mark[1]))
            at += 1
        else:
            out.append(token.text)
            at += 1
    return "".join(out)


def with_parameters(statement: str, file: str) -> str:
    """A question's statement with its `// :param` line complete: one entry for each parameter that it uses.

    What is written there stays, the parameters of the predicate last; those of them that are missing come in with the
    example that holds.cypher gives, and what is not used goes.
    Raises StatementError for a parameter without an example.
    """
    try:
        line = parameter_line(statement)
    except BadParameter as error:
        raise StatementError(error.detail, file=file, line=error.extra["line"]) from None
    code = code_of(statement)
    used = dict.fromkeys(name.value for _, name in parameters_in(code))
    written_there = line.entries if line else {}
    shared = predicate_parameters()
    entries = {name: example for name, example in written_there.items() if name in used and name not in shared}
    entries |= {name: written_there.get(name, example) for name, example in shared.items() if name in used}
    for name in used:
        if name not in entries:
            detail = f"no example of ${name}; write one, as in `// :param {{{name}: 'hampshire-county-council'}}`"
            raise StatementError(detail, file=file, line=line.line if line else 1)
    written = "// :param {" + ", ".join(f"{name}: {example}" for name, example in entries.items()) + "}"
    if line:
        return statement[: line.start] + written + statement[line.end :]
    first = code[0].start if code else len(statement)
    return f"{statement[:first]}{written}\n{statement[first:]}"


def as_written(path: Path) -> str:
    """The text of a file of cypher/ as it should be: what the tool writes.

    A file that asks a question (its header begins `// title:`) has its parameters listed too. Raises StatementError
    where a mark or a parameter line is wrong, or where the file cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StatementError(f"cannot be read: {error}", file=str(path)) from None
    text = expanded(text, str(path))
    return with_parameters(text, str(path)) if text.startswith("// title:") else text


def cypher_files() -> list[Path]:
    """The files of cypher/ that may hold short forms: all but holds.cypher itself."""
    return sorted(path for path in CYPHER.rglob("*.cypher") if path.parent != CYPHER)


@cache
def predicate_parameters() -> dict[str, str]:
    """The parameters of the predicate, each with the example that holds.cypher gives of it, as Cypher."""
    line = parameter_line(_predicate_text())
    return line.entries if line else {}


@cache
def _predicate_text() -> str:
    return (CYPHER / "holds.cypher").read_text(encoding="utf-8")


def _held(variable: str) -> str:
    """The predicate in one line, for another variable than its `f`."""
    parts: list[str] = []
    for token in tokens(_predicate_text()):
        if token.sort is Sort.SPACE:
            parts.append(" ")
        elif token.sort is not Sort.COMMENT:
            alone = token.text == "f" and "".join(parts)[-1:] not in {".", "$", ":"}
            parts.append(variable if alone else token.text)
    return f"/* holds({variable}) */ {''.join(parts).strip()}"


def _apart(out: list[str]) -> list[str]:
    """A space where what comes begins with a mark, and would make a line comment with what stands before."""
    return [" "] if out and out[-1] == "/" else []


def _listed(name: str) -> str:
    return f"{_SETS[name]} /* {name} */"


def _before(name: str) -> str:
    """What stands before a list of relations or properties."""
    return ":" if name in RELATION_SETS else "{"


def _fact(subject: str, edge: str, thing: str) -> str:
    """The columns of FACT_FIELDS, in one line."""
    joins = {
        "id": f"{edge}.fact",
        "subject": f"{subject} {{.id, .name, .kind}}",
        "relation": f"type({edge})",
        "object": f"{thing} {{.id, .name, .kind}}",
    }
    days = {each.name: f"toString({edge}.{each.name})" for each in FACT_PROPERTIES if each.stored is date}
    read = joins | days
    columns = ", ".join(f"{read.get(name, f'{edge}.{name}')} AS {name}" for name in FACT_FIELDS)
    return f"/* fact({subject}, {edge}, {thing}) */ {columns} {_END_MARK}"


def _short_holds(given: list[Token], at: int) -> tuple[int, str] | None:
    """Where `holds(f)` ends, and its f."""
    form = given[at : at + 4]
    if [token.text for token in form[:2]] == ["holds", "("] and form[3:] and form[3].text == ")":
        return at + 4, form[2].text
    return None


def _short_fact(given: list[Token], at: int) -> tuple[int, list[str]] | None:
    """Where `fact(s, f, o)` ends, and its s, f and o."""
    if given[at].text != "fact":
        return None
    form = [(there, token) for there, token in enumerate(given[at : at + 12], at) if token.sort is not Sort.SPACE][:8]
    names = [token.text for _, token in form[2:8:2]]
    if len(form) == 8 and [token.text for _, token in form[1::2]] == ["(", ",", ",", ")"]:
        return form[7][0] + 1, names
    return None


def _short_set(given: list[Token], at: int) -> str | None:
    name = "".join(token.text for token in given[at : at + 3])
    return name if name in _SETS else None


def _behind_brackets(given: list[Token], at: int, statement: str, file: str) -> int:
    """The token behind the brackets that a mark stands before."""
    depth = 0
    for there in range(at + 1, len(given)):
        token = given[there]
        depth += (token.text == "(") - (token.text == ")")
        if token.text == ")" and depth == 0:
            return there + 1
        if depth == 0 and token.sort is not Sort.SPACE:
            break
    raise _misplaced(statement, given[at], file, "before the brackets of its predicate, `/* holds(f) */ (…)`")


def _behind_end(given: list[Token], at: int, statement: str, file: str) -> int:
    """The token behind the mark that ends a fact's columns."""
    for there in range(at + 1, len(given)):
        if given[there].text == _END_MARK:
            return there + 1
    raise _misplaced(statement, given[at], file, f"before the columns of a fact, `/* fact(s, f, o) */ … {_END_MARK}`")


def _misplaced(statement: str, token: Token, file: str, where: str) -> StatementError:
    line, _ = place(statement, token.start)
    return StatementError(f"the mark {token.text} stands {where}, and nowhere else", file=file, line=line)
