"""The API described from its OpenAPI document, and what each problem means: no script, no other machine."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from service.errors import LocatedError, ManyErrors, ServiceError
from service.web.problems import slug_of
from service.web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/docs")
async def docs(request: Request) -> Response:
    schema = request.app.openapi()
    operations = [
        {"method": method.upper(), "path": path} | operation
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    tags = list(dict.fromkeys(tag for each in operations for tag in each.get("tags", [])))
    bodies = {each["path"]: _fields(schema, each) for each in operations if "requestBody" in each}
    content = page("docs.html", title=schema["info"]["title"], operations=operations, tags=tags, bodies=bodies)
    return Response(content, media_type="text/html; charset=utf-8")


@router.get("/docs/problems")
async def problems() -> Response:
    kinds = [kind for kind in _every(ServiceError) if not issubclass(kind, LocatedError | ManyErrors)]
    listed = [
        {"slug": slug_of(kind), "status": kind.status, "title": kind.title, "says": (kind.__doc__ or "").strip()}
        for kind in kinds
        if kind.status != 500
    ]
    content = page("problems.html", problems=sorted(listed, key=lambda each: (each["status"], each["slug"])))
    return Response(content, media_type="text/html; charset=utf-8")


def _every(kind: type[ServiceError]) -> list[type[ServiceError]]:
    return [kind, *(each for below in kind.__subclasses__() for each in _every(below))]


def _fields(schema: dict[str, Any], operation: dict[str, Any]) -> list[dict[str, Any]]:
    """What a request's body holds, by its model."""
    content = next(iter(operation["requestBody"]["content"].values()))
    name = content["schema"].get("$ref", "").rpartition("/")[2]
    model = schema["components"]["schemas"].get(name, {})
    required = set(model.get("required", []))
    return [
        {"name": key, "required": key in required, "description": value.get("description", value.get("title", ""))}
        for key, value in model.get("properties", {}).items()
    ]
