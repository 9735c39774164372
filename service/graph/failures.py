"""What the driver raises, as errors of ours: whose fault it is, what happened, and what to do."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from neo4j.exceptions import AuthError, ConfigurationError, ConstraintError, DriverError, Neo4jError

from service.errors import (
    LoadConflict,
    NotReadOnly,
    QueryFailed,
    QueryTimeout,
    ServiceError,
    StoreUnavailable,
)

_ASKERS = tuple(
    f"Neo.ClientError.{each}" for each in ("Statement.", "Procedure.", "General.InvalidArguments", "Request.Invalid")
)
"""Client errors that are the asker's own: syntax, parameters, types. The others tell of the server, or of our login."""

_READS_ONLY = (".AccessMode", ".Forbidden", ".ForbiddenDueToTransactionType")
_NOT_YET = ("DatabaseUnavailable", "DatabaseNotFound", "LockClientStopped")
_A_FEW = 5
_REFUSED = "Neo4j does not accept the user name and password; check NEO4J_USERNAME and NEO4J_PASSWORD"


class Callers:
    """Tells the errors of a caller's code, which runs between calls of the driver, from the driver's own."""

    def __init__(self) -> None:
        self._error: BaseException | None = None

    @contextmanager
    def code(self) -> Iterator[None]:
        """Around a caller's code. What it hands on of the driver's stays the driver's."""
        try:
            yield
        except (Neo4jError, DriverError):
            raise
        except BaseException as error:
            self._error = error
            raise

    def raised(self, error: BaseException) -> bool:
        return error is self._error


@contextmanager
def translated(before: str = "") -> Iterator[Callers]:
    """The driver's errors as ours, the most specific first. `before`: what stands before the statement.

    Whoever runs a caller's code within, says so (`with callers.code()`): its errors are no failures of Neo4j, and pass
    as they are.
    """
    callers = Callers()
    try:
        yield callers
    except ServiceError:
        raise
    except AuthError as error:
        raise StoreUnavailable(_REFUSED) from error
    except ConstraintError as error:
        raise LoadConflict(f"another writer put the same thing into the graph: {error.message}; try again") from error
    except Neo4jError as error:
        raise _of_server(error, before) from error
    except DriverError as error:
        raise _unreachable(error) from error
    except (OverflowError, UnicodeEncodeError, OSError, ValueError) as error:
        if callers.raised(error):
            raise
        raise _of_call(error) from error


@contextmanager
def calling() -> Iterator[None]:
    """Around a call of the driver within a transaction that it may run again: what tells it to do so stays its own."""
    try:
        yield
    except (OverflowError, UnicodeEncodeError, OSError, ValueError) as error:
        raise _of_call(error) from error


def _of_call(error: Exception) -> ServiceError:
    if isinstance(error, OverflowError | UnicodeEncodeError):
        return QueryFailed(f"a parameter cannot be sent to Neo4j: {first_line(error)}")
    return _unreachable(error)


def _unreachable(error: Exception) -> StoreUnavailable:
    return StoreUnavailable(f"Neo4j cannot be reached now; it is asked again by itself ({first_line(error)})")


def _of_server(error: Neo4jError, before: str) -> ServiceError:
    """What Neo4j answered: 422 for what is the asker's, 503 for all that is Neo4j's own."""
    code, message = error.code or "", _unshifted(error.message or "", before)
    if "TransactionTimedOut" in code or "Terminated" in code:
        return QueryTimeout("stopped by Neo4j after its time limit; ask for less, or with a narrower start")
    if code.endswith(_READS_ONLY) or "read access mode" in message.lower():
        return NotReadOnly(f"this door only reads: {message}")
    if "MemoryPool" in code or "OutOfMemory" in code:
        return QueryTimeout("stopped by Neo4j at its memory limit; ask for less, or with a narrower start")
    if code.startswith(_ASKERS):
        return QueryFailed(message, **_position(message))
    if code.endswith("AuthenticationRateLimit"):
        return StoreUnavailable(f"Neo4j lets nobody in for some seconds, after several refused logins. {_REFUSED}")
    return StoreUnavailable(f"Neo4j cannot answer now: {message} ({code})")


def tries(error: ServiceError) -> float:
    """How often what failed so is worth trying: once, a few times, or (inf) for as long as anybody waits.

    A deadlock, a database or a server that is not there yet, a statement that somebody stopped: all pass by
    themselves. Another writer, and failures of Neo4j's own, may come again for ever.
    """
    cause = error.__cause__
    code = (cause.code or "") if isinstance(cause, Neo4jError) else ""
    if isinstance(cause, AuthError | ConfigurationError) or code.endswith("AuthenticationRateLimit"):
        return 1
    if isinstance(error, QueryTimeout):
        return 1 if "Memory" in code else math.inf
    if isinstance(error, StoreUnavailable):
        passes = not isinstance(cause, Neo4jError) or cause.is_retryable() or code.endswith(_NOT_YET)
        return math.inf if passes else _A_FEW
    return _A_FEW if isinstance(cause, ConstraintError) else 1


def reached(error: ServiceError) -> bool:
    """Whether a Neo4j with the database that is asked for answered at all, if only to say that it failed."""
    return isinstance(error.__cause__, Neo4jError) and not (error.__cause__.code or "").endswith("DatabaseNotFound")


def _unshifted(message: str, before: str) -> str:
    """A message whose positions and echo of the statement do not count the word that we put before it."""
    if not before:
        return message
    message = message.replace(f'"{before}', '"', 1)
    if match := re.search(r"\(line 1, column (\d+) \(offset: (\d+)\)\)", message):
        column, offset = int(match[1]) - len(before), int(match[2]) - len(before)
        message = message.replace(match[0], f"(line 1, column {max(column, 1)} (offset: {max(offset, 0)}))")
        message = re.sub(rf"\n {{{len(before)}}}( *\^)", r"\n\1", message)
    return message


def _position(message: str) -> dict[str, int]:
    """Neo4j ends its messages with `(line 1, column 8 (offset: 7))`."""
    words = message.replace(",", " ").replace("(", " ").split()
    place = {}
    for name in ("line", "column"):
        at: Iterable[int] = [i for i, word in enumerate(words[:-1]) if word == name and words[i + 1].isdigit()]
        for i in at:
            place[name] = int(words[i + 1])
    return place


def first_line(error: BaseException) -> str:
    """The first line of what an error says."""
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
