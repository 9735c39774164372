"""The OpenAPI document is pinned: what clients rely on changes only where somebody sees it in review."""

from __future__ import annotations

import json
import os
from pathlib import Path

import httpx

PINNED = Path(__file__).with_name("openapi.json")


async def test_the_document_is_the_pinned_one(client: httpx.AsyncClient) -> None:
    """`make openapi` writes it anew, for a change that is meant."""
    document = (await client.get("/openapi.json")).json()
    if os.environ.get("JOINEDUP_WRITE_OPENAPI"):
        PINNED.write_text(json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    pinned = json.loads(PINNED.read_text(encoding="utf-8"))
    assert document["paths"].keys() == pinned["paths"].keys(), "addresses came or went"
    for address, methods in pinned["paths"].items():
        assert document["paths"][address] == methods, f"{address} changed; if it is meant: make openapi"
    assert document == pinned, "the OpenAPI document changed; if it is meant: make openapi"
