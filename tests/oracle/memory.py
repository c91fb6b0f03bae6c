"""What depends on the world and T alone is found out once, whatever the window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from tests.oracle.calendar import Window
from tests.oracle.records import World
from tests.oracle.view import View

Arguments = ParamSpec("Arguments")
Found = TypeVar("Found")
EVER = Window(dt.date(1990, 1, 1), dt.date(2100, 1, 1), dt.date(1990, 1, 1), is_all=True)


def once(
    find: Callable[Concatenate[View, Arguments], Found],
) -> Callable[Concatenate[View, Arguments], Found]:
    """Remember an answer for each world, T and further arguments; `find` sees no window."""

    @lru_cache(maxsize=2_000)
    def remembered(world: World, as_of: dt.datetime, *rest: Any) -> Any:
        return find(View(world, as_of, EVER), *rest)  # type: ignore[call-arg]

    @wraps(find)
    def found(view: View, *rest: Any) -> Any:
        return remembered(view.world, view.as_of, *rest)

    return cast(Callable[Concatenate[View, Arguments], Found], found)
