"""The files of a managed Neo4j: its configuration, its password, and who runs it."""

from __future__ import annotations

import hashlib
import json
import secrets
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from service.atomic_files import OWNER_ONLY, write_atomically
from service.errors import StartError


@dataclass(frozen=True, slots=True)
class Running:
    """A Neo4j process: who it is, where it listens, and which process stops it in the end."""

    pid: int
    created: float
    bolt: int
    http: int
    owner: int | None
    """None where `joinedup neo4j start` left it running for everyone."""

    @property
    def alive(self) -> bool:
        return same_process(self.pid, self.created)


def same_process(pid: int, created: float) -> bool:
    """Whether process `pid` is still the one that started at `created`: a number may have gone to another since."""
    try:
        process = psutil.Process(pid)
        return bool(process.status() != psutil.STATUS_ZOMBIE and abs(process.create_time() - created) < 2)
    except psutil.NoSuchProcess:
        return False


def read_running(home: Path) -> Running | None:
    """Who runs the Neo4j of `home`; a note left by a process that is dead counts for nothing."""
    try:
        running = Running(**json.loads((home / "running.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return running if running.alive else None


def write_running(home: Path, running: Running) -> None:
    write_private(home / "running.json", json.dumps(asdict(running)))


def write_private(path: Path, content: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    write_atomically(path, content, mode=OWNER_ONLY)


def password(home: Path) -> str:
    """The password of this Neo4j: random, made once, and never on a command line.

    Neo4j reads its first password from data/dbms/auth.ini, which `neo4j-admin` would be told on its command line for
    all to see; the file is written here instead, in the form that Neo4j 5 gives it (salted sha256, 1,024 rounds).
    """
    file, auth = home / "password", home / "data" / "dbms" / "auth.ini"
    if file.exists():
        return file.read_text(encoding="utf-8")
    if (home / "data" / "databases").exists():
        raise StartError(f"{file} is gone, and without it the data in {home} cannot be opened; move the folder away")
    secret, salt = secrets.token_urlsafe(24), secrets.token_bytes(32)
    digest = salt + secret.encode()
    for _ in range(1024):
        digest = hashlib.sha256(digest).digest()
    auth.parent.mkdir(parents=True, exist_ok=True)
    write_private(auth, f"neo4j:SHA-256,{digest.hex()},{salt.hex()},1024:")
    write_private(file, secret)
    return secret


def write_configuration(home: Path, bolt: int, http: int, memory: str) -> None:
    settings = {
        "server.default_listen_address": "127.0.0.1",
        "server.default_advertised_address": "127.0.0.1",
        "server.bolt.listen_address": f"127.0.0.1:{bolt}",
        "server.bolt.advertised_address": f"127.0.0.1:{bolt}",
        "server.http.listen_address": f"127.0.0.1:{http}",
        "server.http.advertised_address": f"127.0.0.1:{http}",
        "server.https.enabled": "false",
        "server.memory.pagecache.size": "256m",
        "server.memory.heap.max_size": memory,
        # An analyst's statement may not take the whole heap, nor all of them together.
        "db.memory.transaction.max": f"{_megabytes(memory) * 3 // 5}m",
        "dbms.memory.transaction.total.max": f"{_megabytes(memory) * 7 // 10}m",
        "db.transaction.timeout": "120s",
        "db.tx_log.rotation.retention_policy": "2 files",
        "db.logs.query.enabled": "OFF",
        "dbms.usage_report.enabled": "false",
        "dbms.security.allow_csv_import_from_file_urls": "false",
        # LOAD CSV may fetch nothing from any network either, should it ever get past the sandbox.
        "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
        "dbms.security.procedures.unrestricted": "",
        "server.directories.import": str(home / "import"),
        "client.allow_telemetry": "false",
    }
    conf = home / "conf"
    conf.mkdir(parents=True, exist_ok=True)
    write_private(conf / "neo4j.conf", "".join(f"{key}={value}\n" for key, value in settings.items()))


def _megabytes(memory: str) -> int:
    return int(memory[:-1]) * (1024 if memory.endswith("g") else 1)


def free_port(preferred: int) -> int:
    """`preferred`, where nobody listens on it, else one that the system picks."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise StartError("no port on 127.0.0.1 is free")
