"""The service on a real port, for what needs sockets: floods, hang-ups, and clients that are no Python."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import uvicorn

from service.connection import Connection
from service.graph.store import Store
from service.settings import Settings
from service.web.app import create_app
from tests.waiting import LONG, wait_until


@pytest.fixture(scope="session")
def address(store: Store, connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the service listens, with the seeds in its graph."""
    folder = tmp_path_factory.mktemp("served")
    settings = Settings(cache_dir=folder, data_dir=folder, key=None)
    config = uvicorn.Config(create_app(settings, connection), port=0, log_level="error", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_until(lambda: server.started or not thread.is_alive(), "the service started")
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(LONG)
    assert not thread.is_alive()
