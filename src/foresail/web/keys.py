"""Ids in addresses: sources write any text into them, and every one must survive a browser."""

from __future__ import annotations

import re

from django.urls import register_converter

PLAIN = re.compile(r"[^\w\- :@,+]", re.ASCII)
ESCAPED = re.compile(r"~([0-9A-F]{2})")


class Key:
    """An id as one part of an address.

    What browsers and servers read something into (slashes, dots, per cent signs, line ends) is
    written as `~` and the two hexadecimal digits of each byte.

    >>> Key().to_url("a/b.c")
    'a~2Fb~2Ec'
    >>> Key().to_python("a~2Fb~2Ec")
    'a/b.c'
    """

    regex = "[^/]+"

    def to_url(self, value: str) -> str:
        """The id for an address."""
        return PLAIN.sub(lambda found: _written(found[0]), value)

    def to_python(self, value: str) -> str:
        """The id that an address holds; ValueError, and so no page, where it holds none."""
        parts = ESCAPED.split(value)
        found = b"".join(
            bytes.fromhex(part) if place % 2 else part.encode() for place, part in enumerate(parts)
        )
        return found.decode()


def _written(text: str) -> str:
    return "".join(f"~{byte:02X}" for byte in text.encode())


register_converter(Key, "key")
