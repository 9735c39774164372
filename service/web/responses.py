"""What routes need, given to them by name."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request, Response
from starlette.types import Receive, Scope, Send

from service.answers.ask import Questions
from service.answers.catalog import Catalog
from service.graph.revisions import of_one_revision
from service.graph.store import Store
from service.network.compute import Scoring
from service.runtime.response_cache import Body, ResponseCache
from service.runtime.revision import RevisionWatcher
from service.sandbox.execution import Sandbox
from service.web.middleware.negotiation import Form, send_body
from service.web.rendering import MEDIA, Content, page, render

PATIENCE = 10.0
"""Seconds after which a page that is still being made says so, to a browser that waits for it."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that lives as long as the service does."""

    store: Store
    catalog: Catalog
    questions: Questions
    scoring: Scoring
    sandbox: Sandbox
    revision_watcher: RevisionWatcher
    responses: ResponseCache
    row_limit: int
    browser: str | None
    seeds_dir: Path


class Reply:
    """Makes the answer to one request in the form it asked for, or takes it from those being made or kept.

    All that an answer reads is of `revision`: where a commit comes between its reads it is made again, of the next.
    """

    def __init__(self, request: Request, revision: str) -> None:
        self.services: Services = request.app.state.services
        self.revision = revision
        self.form: Form = request.scope["joinedup.form"]
        self._key: str = request.scope["joinedup.key"]
        self._seen = self.form == "html" and request.headers.get("sec-fetch-mode") == "navigate"

    async def once(self, make: Callable[[], Awaitable[Content]]) -> Response:
        """An answer that is not kept: of a request with a body of its own."""
        made = await self._made(make)
        return Response(made.content, media_type=made.media_type, headers={"Cache-Control": "no-store"})

    async def __call__(self, make: Callable[[], Awaitable[Content]]) -> Response:
        kept, asked = self.services.responses, self.revision
        try:
            async with asyncio.timeout(PATIENCE if self._seen else None) as patience:
                return Finished(await kept.get_or_make(self._key, asked, lambda: self._made(make)))
        except TimeoutError:
            if not patience.expired():
                raise
            return self._still_being_made(kept.seconds(self._key, asked))

    async def _made(self, make: Callable[[], Awaitable[Content]]) -> Body:
        async def of(revision: str) -> Content:
            self.revision = revision
            return await make()

        content = await of_one_revision(self.revision, self.services.revision_watcher.look, of)
        return render(content, self.form, self._key)

    def _still_being_made(self, seconds: float) -> Response:
        """What somebody at a browser sees meanwhile: it asks again by itself, and the work goes on."""
        shown = page("waiting.html", seconds=round(seconds))
        return Response(shown, 202, {"Refresh": "1", "Cache-Control": "no-store"}, MEDIA["html"])


class Finished(Response):
    """A body that is ready, sent with its ETag or as 304."""

    def __init__(self, body: Body) -> None:
        super().__init__(body.content, media_type=body.media_type)
        self._body = body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send_body(scope, send, self._body)


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


async def _reply(request: Request) -> Reply:
    return Reply(request, await _services(request).revision_watcher.now())


Replying = Annotated[Reply, Depends(_reply)]
Serving = Annotated[Services, Depends(_services)]
