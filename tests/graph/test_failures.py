"""Whose fault an error is: Neo4j's own is 503, the asker's 422, and a caller's passes as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from neo4j.exceptions import Neo4jError

from service.connection import Connection
from service.errors import NotReadOnly, QueryFailed, QueryTimeout, ServiceError, StoreUnavailable
from service.graph.failures import translated
from service.graph.store import Store, Writing


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("Neo.ClientError.Statement.SyntaxError", QueryFailed),
        ("Neo.ClientError.Statement.ParameterMissing", QueryFailed),
        ("Neo.ClientError.Statement.TypeError", QueryFailed),
        ("Neo.ClientError.Procedure.ProcedureCallFailed", QueryFailed),
        ("Neo.ClientError.Statement.AccessMode", NotReadOnly),
        ("Neo.ClientError.Security.Forbidden", NotReadOnly),
        ("Neo.ClientError.Transaction.TransactionTimedOut", QueryTimeout),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", QueryTimeout),
        ("Neo.ClientError.Security.AuthenticationRateLimit", StoreUnavailable),
        ("Neo.ClientError.Security.CredentialsExpired", StoreUnavailable),
        ("Neo.ClientError.Security.Unauthorized", StoreUnavailable),
        ("Neo.ClientError.Database.DatabaseNotFound", StoreUnavailable),
        ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", StoreUnavailable),
        ("Neo.ClientError.Schema.IndexNotFound", StoreUnavailable),
        ("Neo.DatabaseError.General.UnknownError", StoreUnavailable),
        ("Neo.DatabaseError.Transaction.TransactionCommitFailed", StoreUnavailable),
        ("Neo.DatabaseError.Statement.ExecutionFailed", StoreUnavailable),
        ("Neo.TransientError.Database.DatabaseUnavailable", StoreUnavailable),
        ("Neo.TransientError.Transaction.DeadlockDetected", StoreUnavailable),
        ("Neo.SomethingNew.Of.Tomorrow", StoreUnavailable),
    ],
)
def test_whose_fault_it_is(code: str, told: type[ServiceError]) -> None:
    with pytest.raises(ServiceError) as caught, translated():
        raise Neo4jError._hydrate_neo4j(code=code, message="needs to be restarted")
    assert type(caught.value) is told


async def test_many_wrong_passwords_are_still_neo4js_affair(connection: Connection) -> None:
    """After some refused logins Neo4j refuses them all for a while, with another error."""
    system, said = Store(replace(connection, database="system")), set()
    await _run(system, "CREATE USER forgetful SET PASSWORD 'right-secret' CHANGE NOT REQUIRED")
    store = Store(replace(connection, username="forgetful", password="wrong-secret"))
    try:
        for _ in range(8):
            with pytest.raises(StoreUnavailable, match="NEO4J_PASSWORD") as caught:
                await store.revision()
            assert "wrong-secret" not in str(caught.value)
            said.add(str(caught.value))
    finally:
        await store.close()
        await _run(system, "DROP USER forgetful")
        await system.close()
    assert len(said) == 2, said


@pytest.mark.parametrize("error", [ValueError("day 31 of February"), OSError(28, "No space left on device")])
@pytest.mark.parametrize("where", ["write", "stream"])
async def test_a_callers_error_passes_as_it_is(store: Store, error: Exception, where: str) -> None:
    with pytest.raises(type(error)) as caught:
        await (_writing if where == "write" else _streaming)(store, error)
    assert caught.value is error
    assert (await store.read("MATCH (n:Made) RETURN count(n)")).rows == [[0]]


async def _writing(store: Store, error: Exception) -> None:
    async def work(writing: Writing) -> None:
        await writing.run("CREATE (:Made)")
        raise error

    await store.write(work)


async def _streaming(store: Store, error: Exception) -> None:
    async with store.streaming("UNWIND range(1, 9) AS n RETURN n", {}, timeout=10) as (_, rows):
        async for _row in rows:
            raise error


@pytest.mark.parametrize(
    ("value", "told"), [(2**70, "cannot be sent"), ("\ud800", "cannot be sent")], ids=["number", "surrogate"]
)
async def test_what_the_driver_cannot_send_is_told_within_a_write_too(store: Store, value: object, told: str) -> None:
    async def work(writing: Writing) -> None:
        await writing.run("RETURN $value", value=value)

    with pytest.raises(QueryFailed, match=told):
        await store.write(work)


async def test_a_statement_that_is_wrong_in_a_write_is_the_askers(store: Store) -> None:
    with pytest.raises(QueryFailed, match="nonsense"):
        await _run(store, "RETURN nonsense")


async def _run(store: Store, statement: str) -> None:
    async def work(writing: Writing) -> None:
        await writing.run(statement)

    await store.write(work)
