"""Somebody who came into the demo: one connection that stays open, and its cookies."""

from __future__ import annotations

import http.client
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bench.serving.server import Server

PATIENCE_SECONDS = 60
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Answered:
    """What a request was answered with."""

    status: int
    tag: str
    body: bytes


class Visitor:
    """A browser, or a program that speaks as one."""

    def __init__(self, server: Server, role: str = "admin"):
        self._connection = http.client.HTTPConnection(
            server.host, server.port, timeout=PATIENCE_SECONDS
        )
        self._cookies: dict[str, str] = {}
        page = self.get("/accounts/login/").body.decode()
        found = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
        assert found, "the page for coming in has no form"
        form = urlencode({"csrfmiddlewaretoken": found[1]})
        came_in = self._send("POST", f"/demo/{role}/", form.encode(), FORM)
        assert came_in.status == 302, f"coming in as {role} was answered with {came_in.status}"

    def get(self, path: str, tag: str = "") -> Answered:
        """A page, or that it is still the one of a tag."""
        return self._send("GET", path, None, {"If-None-Match": tag} if tag else {})

    def ask(self, question: dict[str, Any], tag: str = "") -> Answered:
        """The API's answer to a question."""
        headers = {
            "Content-Type": "application/json",
            "X-CSRFToken": self._cookies["csrftoken"],
            **({"If-None-Match": tag} if tag else {}),
        }
        return self._send("POST", "/api/ask", json.dumps(question).encode(), headers)

    def close(self) -> None:
        """Go."""
        self._connection.close()

    def _send(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> Answered:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        given = {"Cookie": cookies} if cookies else {}
        given |= headers
        try:
            response, found = self._exchange(method, path, body, given)
        except (ConnectionError, http.client.BadStatusLine):
            # The server lets go of connections on which nothing came for long; browsers come back.
            self._connection.close()
            response, found = self._exchange(method, path, body, given)
        for each in response.headers.get_all("Set-Cookie") or ():
            name, _, value = each.partition(";")[0].partition("=")
            self._cookies[name] = value
        return Answered(response.status, response.headers.get("ETag", ""), found)

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        return response, response.read()
