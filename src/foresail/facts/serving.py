"""Cost to serve: what the time that customers take costs."""

from __future__ import annotations

from foresail.core.anchors import Sum
from foresail.core.dimensions import KEEPER
from foresail.core.expressions import _
from foresail.core.measures import Fact, Measure, Need
from foresail.facts.activities import STARTED
from foresail.facts.customers import CUSTOMER_ROWS, DIMENSIONS


class Service(Fact):
    """One row per human call or meeting with a customer in service on that day."""

    table = "service"
    key = ("activity_id",)
    dimensions = DIMENSIONS
    shows = ("activity_id", "occurred_at", "kind", "duration_seconds", "actor_rep", "account")
    has_knowledge = True
    has_deletion = True

    cost = Measure(
        Sum(_.value),
        at=STARTED,
        credit=KEEPER,
        needs=(
            CUSTOMER_ROWS,
            Need("activity"),
            Need("cost", "amount"),
            Need("cost", "category", "sales_salaries"),
        ),
        words="cost to serve",
    )
