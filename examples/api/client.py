"""Ask Foresail's REST API from Python, with nothing but the standard library.

export FORESAIL_URL=http://127.0.0.1:8000 FORESAIL_TOKEN=foresail_...
python client.py revenue,win_rate --by team --period this-month
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any


class Foresail:
    """A server, and the token that says who asks."""

    def __init__(self, url: str, token: str):
        self.url = url.rstrip("/")
        self.token = token

    def call(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """What the API answers. Errors: `SystemExit` with what is in the way."""
        request = urllib.request.Request(  # noqa: S310 (the address is the user's own)
            f"{self.url}/api/{path}",
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request) as response:  # noqa: S310
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise SystemExit(json.load(error)["detail"]) from None

    def rows(self, path: str, question: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """All rows of an answer, page by page."""
        offset: int | None = 0
        while offset is not None:
            page = self.call(path, {**question, "offset": offset})
            yield from page["rows"]
            offset = page["next_offset"]


def main(arguments: list[str] | None = None) -> None:
    """Print an answer as lines of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kpis", help="ids of KPIs, with commas between them")
    parser.add_argument("--by", default="", help="dimensions, with commas between them")
    parser.add_argument("--period", default="this-month")
    given = parser.parse_args(arguments)
    server = Foresail(os.environ["FORESAIL_URL"], os.environ["FORESAIL_TOKEN"])
    question = {
        "kpis": given.kpis.split(","),
        "by": [each for each in given.by.split(",") if each],
        "period": given.period,
    }
    for row in server.rows("ask", question):
        sys.stdout.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
