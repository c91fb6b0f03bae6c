"""What is asked of each route: from the site map, so that a page that is new is asked as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any
from urllib.parse import urlencode

from tests.scope.company.marks import MARCH, of_team, record, rep_id
from tests.web.people.matrix import ARGUMENTS
from tests.web.people.routes import Route

RECORDS = {
    "lead": "in",
    "opportunity": "won",
    "account": "firm",
    "contact": "buyer",
    "meeting": "held",
    "activity": "first",
}
EACH: Mapping[str, tuple[str, ...]] = {
    "activity": ("calling", "persistence", "content", "meetings", "worked"),
    "check": ("nothing", "duplicate_accounts"),
    "flow": ("opening", "created", "won", "lost", "closing"),
    "kpi": ("deals_won", "sales_cost"),
    "number": ("1", "2", "3", "4", "5"),
    "result": ("costs", "selling", "customers", "people"),
    "role": ("admin", "rep"),
}
"""What is tried for an argument, beside reps and records."""

AS_IN_MATRIX = ("id", "key", "name", "provider_id", "secret", "uidb36")
"""Arguments that are no words of the data: what the matrix of rights says for them is tried."""

QUESTIONS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("period", "2026-01"), ("as_of", "2026-01-31")),
    (("period", "2026-Q1"), ("compare", "previous"), ("by", "rep")),
    (("period", MARCH), ("where", f"rep:{rep_id('hal')}")),
    (("period", MARCH), ("where", f"team:{of_team('wes')}"), ("by", "team")),
    (("period", "all"), ("of", f"rep:{rep_id('hal')}"), ("kpi", "deals_won")),
    (("period", MARCH), ("where", f"source:{of_team('wes', 'fair')}"), ("by", "manager")),
    (("period", MARCH), ("where", "rep:name_ha"), ("kpi", "revenue")),
    (("period", MARCH), ("by", "product"), ("kpi", "deals_won"), ("kpi", "revenue")),
)
"""Further questions: before a move, compared, of somebody else, with half a name."""

WORDS: tuple[dict[str, Any], ...] = (
    {"by": ["rep"], "period": MARCH},
    {"by": ["team"], "period": "2026-01", "as_of": "2026-01-31"},
    {"where": {"rep": [rep_id("hal")]}, "period": MARCH},
    {"where": {"team": [of_team("wes")]}, "by": ["source"], "period": MARCH},
    {"where": {"rep": ["name_ha"]}, "period": MARCH},
)
"""What programs ask."""

BODIES: Mapping[str, tuple[dict[str, Any], ...]] = {
    "api:ask": tuple({"kpis": ["deals_won", "revenue"], "totals": True, **each} for each in WORDS),
    "api:records": tuple({"kpi": "deals_won", "limit": 100, **each} for each in WORDS),
    "api:explain": tuple({"kpi": "deals_won", **each} for each in WORDS),
}


def addresses(route: Route, subjects: tuple[str, ...]) -> Iterator[str]:
    """The route with every argument worth trying, for the records of some people."""
    if "record_id" in route.arguments:
        for (kind, name), code in product(RECORDS.items(), subjects):
            yield route.at({**ARGUMENTS, "kind": kind, "record_id": record(code, name)})
        for code in subjects:
            yield route.at({**ARGUMENTS, "kind": "rep", "record_id": rep_id(code)})
        return
    choices = [_choices(name, subjects) for name in route.arguments]
    for values in product(*choices):
        yield route.at(dict(zip(route.arguments, values, strict=True)))


def _choices(name: str, subjects: tuple[str, ...]) -> tuple[str, ...]:
    if name == "rep_id":
        return tuple(map(rep_id, subjects))
    return (ARGUMENTS[name],) if name in AS_IN_MATRIX else EACH[name]


def is_sheet(route: Route) -> bool:
    """Whether it is a page that a question can be put to, and that can be taken out."""
    return hasattr(route.view, "page")


def asked(address: str, *pairs: tuple[str, str]) -> str:
    """The address with a question."""
    return f"{address}?{urlencode(pairs)}"
