"""The API's description: as OpenAPI for programs, as a page for people."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from foresail.web.api.api import api
from foresail.web.pages import page
from foresail.web.people.guard import signed_in

PREFIX = "/api/"


@dataclass(frozen=True)
class Field:
    """A value that an operation takes."""

    name: str
    kind: str
    is_required: bool
    about: str


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked of the API."""

    method: str
    path: str
    summary: str
    about: str
    fields: tuple[Field, ...]
    example: str


@signed_in
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """The description that programs read."""
    return JsonResponse(schema())


@signed_in
@require_safe
def described(request: HttpRequest) -> HttpResponse:
    """The description that people read."""
    found = schema()
    context = {
        "operations": [
            _operation(found, method, path, each)
            for path, methods in found["paths"].items()
            for method, each in methods.items()
        ],
        "base": request.build_absolute_uri(PREFIX),
    }
    return page(request, "api/description.html", context)


def schema() -> dict[str, Any]:
    """The API in OpenAPI 3.1; every operation may answer with a problem."""
    found: dict[str, Any] = api.get_openapi_schema(path_prefix=PREFIX)
    for methods in found["paths"].values():
        for each in methods.values():
            each["responses"]["default"] = {
                "description": "What is in the way (RFC 9457)",
                "content": {"application/problem+json": {"schema": PROBLEM}},
            }
    return found


PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
    },
}


def _operation(found: dict[str, Any], method: str, path: str, each: dict[str, Any]) -> Operation:
    taken = [
        Field(
            one["name"],
            _kind(one["schema"]),
            one.get("required", False),
            one["schema"].get("description", ""),
        )
        for one in each.get("parameters", [])
    ]
    body = each.get("requestBody", {}).get("content", {}).get("application/json", {})
    if "schema" in body:
        model = _named(found, body["schema"])
        required = set(model.get("required", ()))
        taken += [
            Field(name, _kind(one), name in required, one.get("description", ""))
            for name, one in model["properties"].items()
        ]
    return Operation(
        method.upper(),
        path,
        each.get("summary", ""),
        each.get("description", ""),
        tuple(taken),
        _example(path),
    )


def _named(found: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref", "").rpartition("/")[2]
    named: dict[str, Any] = found["components"]["schemas"].get(reference, schema)
    return named


def _kind(schema: dict[str, Any]) -> str:
    choices = [schema, *schema.get("anyOf", [])]
    return " or ".join(each["type"] for each in choices if each.get("type") not in (None, "null"))


EXAMPLES: dict[str, dict[str, Any]] = {
    "/api/ask": {"kpis": ["revenue", "win_rate"], "by": ["team"], "period": "this-month"},
    "/api/records": {"kpi": "win_rate", "part": "numerator", "limit": 50},
    "/api/explain": {"kpi": "win_rate"},
}


def _example(path: str) -> str:
    body = EXAMPLES.get(path)
    given = f" \\\n  -H 'Content-Type: application/json' -d '{json.dumps(body)}'" if body else ""
    return f'curl -H "Authorization: Bearer $FORESAIL_TOKEN"{given} \\\n  $FORESAIL{path}'
