"""How what an operation gives becomes the text that is sent: tables of many rows, so in one go."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.renderers import BaseRenderer
from pydantic_core import to_json


class Renderer(BaseRenderer):
    """JSON; a number that is none is null."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002
        """The bytes of a response."""
        return to_json(data, inf_nan_mode="null")
