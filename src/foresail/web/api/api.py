"""The API as a whole: its operations, its errors, and its description."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from django.urls import URLPattern
from ninja import NinjaAPI

from foresail.web.api.data import router as data
from foresail.web.api.numbers import router as numbers
from foresail.web.api.problems import say_problems
from foresail.web.api.rendering import Renderer
from foresail.web.api.upload import router as upload
from foresail.web.people.guard import needs
from foresail.web.people.rights import Audience

api = NinjaAPI(
    title="Foresail",
    version=version("foresail"),
    description="Sales KPIs, the records behind them, and the data they are made of.",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    renderer=Renderer(),
)
say_problems(api)
api.add_router("", numbers)
api.add_router("", data)
api.add_router("", upload)


def urls() -> Any:
    """The addresses of the operations. Each lets its own people in, so the door leaves them be."""
    patterns, app, namespace = api.urls
    operations = [
        each for each in patterns if isinstance(each, URLPattern) and each.name != "api-root"
    ]
    for each in operations:
        needs(Audience.API)(each.callback)
    return operations, app, namespace
