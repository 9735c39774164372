"""A Cypher file with a header that says what it asks, what it takes and what it gives.

    // title: Partners that share services with a body
    // ask: which partners share services with {body}
    // param body: Entity -- the body whose partners are sought
    // param limit: Integer = 100 -- how many at most
    // column partner: who shares
    // grade direct: on a shared service -- No source names {body} as a provider or user of one.
    // answer: What the rows cannot say of themselves about {body}.
    // empty: No source says with whom {body} shares anything.
    // note: A list of examples is not complete.
    // modality: planned, proposed          (the default for this query, where it is not `actual, planned`)

The line `// :param {…}` gives an example of every parameter; graph/cypher_expansion.py says what short forms there are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from service.answers.pattern import AskPattern, read_pattern
from service.errors import BadHeader, BadParameter, ParameterMismatch, StatementError, StatementErrors, WriteInRead
from service.graph.cypher_expansion import predicate_parameters
from service.graph.cypher_files import read_statement
from service.graph.cypher_parameters import parameter_line, parameters_in
from service.graph.cypher_tokens import Sort, code_of, place, tokens, without_literals
from service.model.vocabulary import Kind, Modality
from service.sources.entries import nearest

FILTERS = tuple(predicate_parameters())
"""Parameters that every query takes and no header declares: those of cypher/holds.cypher."""

EVIDENCE = "evidence"
"""The column, not declared either, in which a row names the facts that it rests on."""

_KEYS = ("title", "ask", "param", "column", "grade", "answer", "empty", "note", "modality")
_WRITES = re.compile(
    r"\b(CREATE|MERGE|SET|DELETE|DETACH|REMOVE|DROP|FOREACH|INSERT|LOAD\s+CSV|IN\s+(CONCURRENT\s+)?TRANSACTIONS)\b",
    re.I,
)
_PARAM = re.compile(r"(?P<name>\w+)\s*:\s*(?P<type>\w+)(?:\((?P<choices>[^)]*)\))?\s*(?:=\s*(?P<default>\S+))?")


class Type(StrEnum):
    ENTITY = "Entity"
    TEXT = "Text"
    DATE = "Date"
    INTEGER = "Integer"
    CHOICE = "Choice"


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    type: Type
    description: str
    default: Any = None
    required: bool = True
    choices: tuple[str, ...] = ()
    """What can be chosen; of an Entity, the kinds that fit when a name fits none exactly."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Grade:
    """A degree in which a row answers: what it means, and the sentence that says so when no row has it."""

    name: str
    means: str
    none: str


@dataclass(frozen=True, slots=True)
class Query:
    """A readable question: an endpoint, a command and a page."""

    name: str
    title: str
    text: str
    """The file as Neo4j takes it, its header included: lines of errors are lines of the file."""

    file: str
    ask: tuple[AskPattern, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()
    grades: tuple[Grade, ...] = ()
    answer: str | None = None
    """The answer in words, where listing the rows would not be one."""

    empty: str | None = None
    notes: tuple[str, ...] = ()
    modality: tuple[str, ...] = (Modality.ACTUAL.value, Modality.PLANNED.value)
    lines: dict[str, int] = field(default_factory=dict, compare=False)

    @property
    def cypher(self) -> str:
        """The statement without its header, to be shown."""
        code = code_of(self.text)
        return self.text[code[0].start :].strip() if code else ""


def read_query(path: Path) -> Query:
    """The query in a file. Raises StatementErrors with everything wrong in it."""
    return _Reader(path).read()


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.stem
        self.file = f"read/{path.name}"
        self.errors: list[StatementError] = []
        self.text = self._text()
        self.code = without_literals(self.text)
        self.lines: dict[str, int] = {}
        self.values: dict[str, list[tuple[int, str]]] = {key: [] for key in _KEYS}

    def read(self) -> Query:
        self._read_header()
        parameters = tuple(p for line, text in self.values["param"] if (p := self._parameter(line, text)))
        columns = tuple(Column(*self._named(line, text)) for line, text in self.values["column"])
        grades = tuple(g for line, text in self.values["grade"] if (g := self._grade(line, text)))
        ask = tuple(a for line, text in self.values["ask"] if (a := self._ask(line, text)))
        if not self.values["title"]:
            self._wrong(BadHeader, "no `// title:`", 1)
        self._check_parameters(parameters, ask)
        self._check_reads()
        if self.errors:
            raise StatementErrors(self.errors)
        return Query(
            name=self.name,
            title=self.values["title"][0][1],
            text=self.text,
            file=self.file,
            ask=ask,
            parameters=parameters,
            columns=columns,
            grades=grades,
            answer=self.values["answer"][0][1] if self.values["answer"] else None,
            empty=self.values["empty"][0][1] if self.values["empty"] else None,
            notes=tuple(text for _, text in self.values["note"]),
            modality=self._modality(),
            lines=self.lines,
        )

    def _text(self) -> str:
        try:
            return read_statement(self.path)
        except StatementError as error:
            self._wrong(StatementError, error.detail, error.line or 1)
            return self.path.read_text(encoding="utf-8")

    def _wrong(self, kind: type[StatementError], detail: str, line: int) -> None:
        self.errors.append(kind(detail, file=self.file, line=line))

    def _read_header(self) -> None:
        for token in tokens(self.text):
            if token.sort not in {Sort.SPACE, Sort.COMMENT}:
                break
            if not token.text.startswith("//") or token.text[2:].lstrip().startswith(":param"):
                continue
            number, _ = place(self.text, token.start)
            key, colon, rest = token.text[2:].partition(":")
            word = key.split()[0] if key.split() else ""
            if not colon or word not in _KEYS:
                self._wrong(
                    BadHeader, f"unknown header key {word!r}{nearest(word, _KEYS)}; known: {', '.join(_KEYS)}", number
                )
                continue
            named = key.strip()[len(word) :].strip()
            text = f"{named}: {rest.strip()}" if named else rest.strip()
            self.values[word].append((number, text))
            self.lines[f"{word} {named or rest.strip()}"] = number

    def _parameter(self, line: int, text: str) -> Parameter | None:
        declaration, _, description = text.partition("--")
        match = _PARAM.fullmatch(declaration.strip())
        if not match or match["type"] not in set(Type):
            types = ", ".join(Type)
            self._wrong(BadHeader, f"write `param name: Type = default -- meaning`; Type is one of {types}", line)
            return None
        kind, given = Type(match["type"]), match["default"]
        choices = tuple(choice.strip() for choice in (match["choices"] or "").split("|") if choice.strip())
        if (kind is Type.CHOICE and not choices) or (choices and kind not in {Type.CHOICE, Type.ENTITY}):
            detail = "a Choice lists what can be chosen, `Choice(a|b)`; an Entity may list its kinds, `Entity(Place)`"
            self._wrong(BadHeader, detail, line)
            return None
        if kind is Type.ENTITY and (unknown := set(choices) - set(Kind)):
            self._wrong(BadHeader, f"no kind {unknown.pop()!r}; kinds are {', '.join(Kind)}", line)
        default: Any = None
        try:
            if given is not None and given != "none":
                default = _default(kind, given, choices)
        except ValueError as error:
            self._wrong(BadHeader, f"default {given!r}: {error}", line)
        return Parameter(match["name"], kind, description.strip(), default, given is None, choices)

    def _named(self, line: int, text: str) -> tuple[str, str]:
        name, _, description = text.partition(":")
        if not re.fullmatch(r"\w+", name.strip()):
            self._wrong(BadHeader, f"{name.strip()!r} is not the name of a column", line)
        return name.strip(), description.strip()

    def _grade(self, line: int, text: str) -> Grade | None:
        name, _, rest = text.partition(":")
        means, dashes, none = rest.partition("--")
        if not dashes:
            self._wrong(BadHeader, "write `grade name: what it means -- the sentence for when there is none`", line)
            return None
        return Grade(name.strip(), means.strip(), none.strip())

    def _ask(self, line: int, text: str) -> AskPattern | None:
        try:
            return read_pattern(text)
        except ValueError as error:
            self._wrong(BadHeader, f"ask pattern {text!r}: {error}", line)
            return None

    def _check_parameters(self, parameters: tuple[Parameter, ...], ask: tuple[AskPattern, ...]) -> None:
        declared = {parameter.name for parameter in parameters}
        self._check_examples(declared)
        used = {name.value: name for _, name in reversed(list(parameters_in(code_of(self.text))))}
        for name, token in used.items():
            if name not in declared and name not in FILTERS:
                number, _ = place(self.text, token.start)
                self._wrong(ParameterMismatch, f"${name} is used but not declared{nearest(name, declared)}", number)
        for parameter in parameters:
            declared_at = self.lines.get(f"param {parameter.name}", 1)
            if parameter.name not in used:
                self._wrong(ParameterMismatch, f"parameter {parameter.name!r} is declared but not used", declared_at)
            if parameter.name in FILTERS or parameter.name in {"limit", "offset", "q"}:
                self._wrong(
                    ParameterMismatch, f"{parameter.name!r} is a parameter that every query has already", declared_at
                )
        required = {parameter.name for parameter in parameters if parameter.required}
        for pattern in ask:
            asked_at = self.lines.get(f"ask {pattern.text}", 1)
            for slot in sorted(pattern.slots - declared):
                self._wrong(ParameterMismatch, f"slot {{{slot}}} is not a parameter{nearest(slot, declared)}", asked_at)
            for missing in sorted(required - pattern.slots):
                self._wrong(ParameterMismatch, f"the question leaves out {missing!r}, which has no default", asked_at)

    def _check_examples(self, declared: set[str]) -> None:
        try:
            line = parameter_line(self.text)
        except BadParameter as error:
            self._wrong(BadHeader, error.detail, error.extra["line"])
            return
        for name in line.entries if line else ():
            if name not in declared and name not in FILTERS:
                detail = f"`:param` gives {name!r}, which is not declared{nearest(name, declared)}"
                self._wrong(ParameterMismatch, detail, line.line if line else 1)

    def _check_reads(self) -> None:
        if prefix := re.match(r"\s*(CYPHER|EXPLAIN|PROFILE)\b", self.code, re.I):
            before = self.code[: prefix.start(1)].count("\n") + 1
            self._wrong(
                BadHeader, f"{prefix[1].upper()} stands before a statement; a file holds the statement alone", before
            )
        for number, line in enumerate(self.code.split("\n"), start=1):
            if match := _WRITES.search(line):
                self._wrong(WriteInRead, f"{match.group().upper()} writes; a file in cypher/read only reads", number)

    def _modality(self) -> tuple[str, ...]:
        if not self.values["modality"]:
            return (Modality.ACTUAL.value, Modality.PLANNED.value)
        line, text = self.values["modality"][0]
        given = tuple(word.strip() for word in text.split(","))
        for word in given:
            if word not in set(Modality):
                self._wrong(BadHeader, f"no modality {word!r}{nearest(word, Modality)}", line)
        return given


def _default(kind: Type, text: str, choices: tuple[str, ...]) -> Any:
    if kind is Type.INTEGER:
        return int(text)
    if kind is Type.DATE:
        return date.fromisoformat(text)
    if kind is Type.CHOICE and text not in choices:
        raise ValueError(f"not one of {', '.join(choices)}")
    return text
