"""All routes of the site, from the site map itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.web.people.matrix import ARGUMENTS


@dataclass(frozen=True)
class Route:
    """A view under its name, and what its address takes."""

    name: str
    view: Callable[..., Any]
    arguments: tuple[str, ...]

    @property
    def address(self) -> str:
        """The address with an example of each argument."""
        return self.at(ARGUMENTS)

    def at(self, values: Mapping[str, str]) -> str:
        """The address with these arguments."""
        return reverse(self.name, kwargs={each: values[each] for each in self.arguments})


def routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[Route]:
    """Every route that there is."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLPattern):
            arguments = tuple(each.pattern.regex.groupindex)
            yield Route(f"{space}{each.name or each.pattern}", each.callback, arguments)
        else:
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from routes(each, inner)
