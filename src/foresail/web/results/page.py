"""The page Results and its parts."""

from __future__ import annotations

from foresail.web.results import costs, customers, glance, people, selling
from foresail.web.sheets.parts import Part, in_parts

results = in_parts(
    "Results",
    (
        Part("", "At a glance", glance.KPIS, glance.glance),
        Part("selling", "Selling", selling.KPIS, selling.selling),
        Part("costs", "Costs", costs.KPIS, costs.costs),
        Part("customers", "Customers", customers.KPIS, customers.customers),
        Part("people", "People", people.KPIS, people.people),
    ),
)
