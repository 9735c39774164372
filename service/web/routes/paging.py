"""Pages of a list: `{results, total, limit, offset, next}`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import Request


def paged(request: Request, results: Sequence[Any], total: int, limit: int, offset: int) -> dict[str, Any]:
    following = offset + limit
    url = str(request.url.include_query_params(offset=following)).replace(str(request.base_url).rstrip("/"), "")
    return {
        "results": results,
        "total": total,
        "limit": limit,
        "offset": offset,
        "next": url if following < total else None,
    }
