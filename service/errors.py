"""Every error that joinedup raises on purpose, and nothing else.

ServiceError
├── StartError             cannot start: says what to do (exit code 1)
│   ├── SeedErrors         everything wrong in seeds/, at once
│   └── StatementErrors    everything wrong in cypher/, at once
├── SeedError              one thing wrong in seeds/: file, line, quote
│   ├── QuoteNotFound
│   ├── SourceChanged
│   ├── UnknownRelation
│   ├── UnknownEntity
│   ├── DuplicateEntity
│   └── BadValue
├── StatementError         one thing wrong in a .cypher file: file, line
│   ├── BadHeader
│   ├── ParameterMismatch
│   ├── DuplicateQuery
│   └── WriteInRead
├── LoadConflict      409  the graph holds something of another's in the way
├── StoreUnavailable  503
├── GraphChanged      503  commits came faster than an answer could be read
├── QueryTimeout      504
├── QueryFailed       422  Neo4j refused the statement: its message and position
├── NotReadOnly       403
├── Unauthorized      401  no key, or one that is not known here
├── Forbidden         403  a key without the scope
├── WrongHost         421  a name in the Host header that is not served
├── TooMuch           413  a body longer than it may be
├── TooLong           414  an address longer than it may be
├── TooOften          429  more requests than the limit: `retry_after` says when to come again
├── Busy              503  more statements than can wait
├── ComputationStopped 503 the process that computed was ended, twice
├── UnknownResource   404
│   ├── UnknownQuery
│   └── EntityNotFound
├── AmbiguousName     300
├── DocumentRefused   422  a file that cannot be read as a document: says why and what to do
├── BadScenario       422  a step of a what-if cannot be: `step` says which
└── BadParameter      422

`status` and `title` are the error's face over HTTP (RFC 9457, 2023); `extra` are members of the problem beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar


class ServiceError(Exception):
    """Something that a person can act on: `detail` says what went wrong and what to do."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"

    def __init__(self, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.extra = extra


class StartError(ServiceError):
    title = "joinedup cannot start"


class LocatedError(ServiceError):
    """An error that stands at a line of a file."""

    def __init__(self, detail: str, *, file: str, line: int | None = None, quote: str | None = None) -> None:
        super().__init__(detail, file=file, line=line, quote=quote)
        self.file = file
        self.line = line
        self.quote = quote

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.detail}" + (f"\n    quote: {self.quote}" if self.quote else "")


class SeedError(LocatedError):
    title = "A seed file is wrong"


class QuoteNotFound(SeedError):
    title = "A quote is not in its source"


class SourceChanged(SeedError):
    title = "A source is not the file that its facts were written from"


class UnknownRelation(SeedError):
    title = "A relation is not in the vocabulary"


class UnknownEntity(SeedError):
    title = "An entity is not in entities.yaml"


class DuplicateEntity(SeedError):
    title = "Two entities claim one id or name"


class BadValue(SeedError):
    title = "A value cannot be"


class StatementError(LocatedError):
    title = "A Cypher file is wrong"


class BadHeader(StatementError):
    title = "A Cypher file's header is wrong"


class ParameterMismatch(StatementError):
    title = "A Cypher file's parameters or columns are not those it declares"


class DuplicateQuery(StatementError):
    title = "Two Cypher files claim one name or question"


class WriteInRead(StatementError):
    title = "A Cypher file in cypher/read writes"


class ManyErrors(StartError):
    """Several located errors, reported together so that one run shows all there is to mend."""

    def __init__(self, errors: Sequence[LocatedError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda e: (e.file, e.line or 0, e.detail)))
        super().__init__("\n".join(str(error) for error in self.errors))


class SeedErrors(ManyErrors):
    title = "The seeds are wrong"


class StatementErrors(ManyErrors):
    title = "The Cypher files are wrong"


class LoadConflict(ServiceError):
    status = 409
    title = "The graph holds something in the way"


class StoreUnavailable(ServiceError):
    status = 503
    title = "Neo4j cannot be reached"


class GraphChanged(ServiceError):
    status = 503
    title = "The graph changed while it was read"


class QueryTimeout(ServiceError):
    status = 504
    title = "The query took too long and was stopped"


class QueryFailed(ServiceError):
    status = 422
    title = "Neo4j refused the statement"


class NotReadOnly(ServiceError):
    status = 403
    title = "Only reading is allowed"


class Unauthorized(ServiceError):
    status = 401
    title = "A key is needed"


class Forbidden(ServiceError):
    status = 403
    title = "The key does not open this"


class WrongHost(ServiceError):
    status = 421
    title = "This host is not served"


class TooMuch(ServiceError):
    status = 413
    title = "The request is too long"


class TooLong(ServiceError):
    status = 414
    title = "The address is too long"


class TooOften(ServiceError):
    status = 429
    title = "Too many requests"


class Busy(ServiceError):
    status = 503
    title = "Too many statements at once"


class ComputationStopped(ServiceError):
    status = 503
    title = "The computation was stopped"


class UnknownResource(ServiceError):
    status = 404
    title = "There is no such thing here"


class UnknownQuery(UnknownResource):
    title = "There is no such query"


class EntityNotFound(UnknownResource):
    title = "No source names this"


class AmbiguousName(ServiceError):
    status = 300
    title = "The name fits several"


class BadParameter(ServiceError):
    status = 422
    title = "A parameter is wrong"


class DocumentRefused(ServiceError):
    status = 422
    title = "A document cannot be read"


class BadScenario(ServiceError):
    status = 422
    title = "A step of the scenario cannot be"

    def __init__(self, detail: str, step: int | None = None, **extra: Any) -> None:
        super().__init__(detail if step is None else f"step {step}: {detail}", step=step, **extra)
        self.step = step
