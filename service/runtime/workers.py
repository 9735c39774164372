"""Processes for computations that take long: a few at once, and one that dies is replaced."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from pickle import PicklingError
from typing import Any, TypeVar

from service.errors import ComputationStopped

T = TypeVar("T")

log = logging.getLogger(__name__)

_AT_ONCE = 3
_LARGE_AT_ONCE = 2
"""Computations that may take minutes and gigabytes: one process is always left for the others."""

_TRIES = 2
_KILLED_FIRST = "500"
"""Where a system without memory chooses whom to end: a worker before the service and before Neo4j."""

_CONTEXT = get_context("spawn")


class Workers:
    """Runs functions in processes of their own, at most three at once. Between two of them one process waits idle.

    What a function is given and gives back is pickled; what it raises is raised.
    """

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._large_turns = asyncio.Semaphore(_LARGE_AT_ONCE)
        self._threads = ThreadPoolExecutor(_AT_ONCE, "worker")
        self._workers: set[_Worker] = set()
        self._idle: _Worker | None = None

    async def run(self, function: Callable[..., T], *given: Any, large: bool = False) -> T:
        """What the function gives. Where its process is killed it is tried once more, in a fresh one.

        Raises ComputationStopped where that one is killed too.
        """
        async with self._large_turns if large else contextlib.nullcontext(), self._turns:
            for tried in range(1, _TRIES + 1):
                try:
                    return await self._run(function, given)
                except _Died as death:
                    log.warning("A worker died (%s) at try %d of %d", death, tried, _TRIES)
                    how = str(death)
        raise ComputationStopped(
            f"the process that works this out was ended {_TRIES} times ({how}), as a system without memory does; ask "
            "for less, with fewer relations or an as_of, or give the service more memory"
        )

    def close(self) -> None:
        """Ends them all, also those at work."""
        for worker in self._workers:
            worker.end()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _run(self, function: Callable[..., T], given: tuple[Any, ...]) -> T:
        worker, self._idle = self._idle or _Worker(), None
        self._workers.add(worker)
        try:
            done, result = await asyncio.get_running_loop().run_in_executor(self._threads, worker.run, function, given)
        except BaseException:  # also where nobody waits any more: it is at work, and cannot take another turn
            self._drop(worker)
            raise
        if self._idle is None:
            self._idle = worker
        else:
            self._drop(worker)
        if not done:
            raise result
        return result  # type: ignore[no-any-return]

    def _drop(self, worker: _Worker) -> None:
        self._workers.discard(worker)
        worker.end()


class _Died(Exception):
    """A process came to its end before it answered; the text says how."""


class _Worker:
    """One process. It starts with its first function."""

    def __init__(self) -> None:
        self._pipe, self._theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_work, args=(self._theirs,), daemon=True)
        self._ended = False

    def run(self, function: Callable[..., Any], given: tuple[Any, ...]) -> tuple[bool, Any]:
        """Whether the function came to its end, and what it gave or else raised. Raises _Died."""
        try:
            if self._process.pid is None:
                self._process.start()
                self._theirs.close()  # only the process holds that end now: its death is the end of the pipe
                if self._ended:
                    self._process.kill()
            self._pipe.send((function, given))
            answer: tuple[bool, Any] = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise _Died(self._how()) from error
        return answer

    def end(self) -> None:
        self._ended = True
        if self._process.pid is not None:
            self._process.kill()

    def _how(self) -> str:
        if self._process.pid is None:
            return "it cannot be started"
        self._process.join(10)
        code = self._process.exitcode
        return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


def _work(pipe: Connection) -> None:
    """What runs in the process, until the service closes the pipe or is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches it too: the service ends it
    with contextlib.suppress(OSError):
        Path(f"/proc/{os.getpid()}/oom_score_adj").write_text(_KILLED_FIRST, encoding="ascii")
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            function, given = pipe.recv()
            try:
                answer = True, function(*given)
            except Exception as error:
                answer = False, error
            try:
                pipe.send(answer)
            except (PicklingError, TypeError, AttributeError, ValueError) as error:
                pipe.send((False, RuntimeError(f"{function.__name__}: what it gave cannot be sent: {error}")))
