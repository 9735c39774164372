"""Every page that a reader can come to from the first one is there, whatever it shows."""

from __future__ import annotations

import re
from collections import deque
from html import unescape
from urllib.parse import urljoin, urlsplit

import httpx

_MOST = 400
_EACH = 12
"""Pages of one sort, such as /entities/..., that are looked at."""


async def test_no_link_leads_to_nothing(client: httpx.AsyncClient) -> None:
    waiting, seen, sorts = deque(["/"]), {"/"}, dict[str, int]()
    while waiting and len(seen) < _MOST:
        path = waiting.popleft()
        response = await client.get(path, headers={"accept": "text/html"})
        assert response.status_code == 200, f"{path}: {response.text[:300]}"
        if "text/html" not in response.headers["content-type"]:
            continue
        assert "style=" not in response.text, f"{path}: the policy lets no style stand in an element"
        for href in re.findall(r'<a[^>]* href="([^"]+)"', response.text):
            there = urlsplit(urljoin(path, unescape(href)))
            target = there.path + (f"?{there.query}" if there.query else "")
            if there.netloc or target in seen or not there.path.startswith("/"):
                continue
            sort = "/".join(there.path.split("/")[:3]) if there.path.count("/") > 2 else there.path.split("/")[1]
            sorts[sort] = sorts.get(sort, 0) + 1
            if sorts[sort] <= _EACH:
                seen.add(target)
                waiting.append(target)
    assert len(seen) > 100


async def test_every_body_and_thing_has_its_page(client: httpx.AsyncClient) -> None:
    listed = (await client.get("/entities.json?limit=1000")).json()["results"]
    for entity in listed:
        page = await client.get(f"/entities/{entity['id']}.html")
        assert page.status_code == 200, entity
        assert "<h1>" in page.text
