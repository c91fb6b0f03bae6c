"""What it costs to win: costs spread over their days, by what they brought."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from tests.oracle import customers, leads
from tests.oracle.calendar import DAY
from tests.oracle.cohorts import is_old_enough
from tests.oracle.deals import home
from tests.oracle.efforts import clock_of_day
from tests.oracle.reaching import reached
from tests.oracle.records import Cost
from tests.oracle.revenue import recognised
from tests.oracle.view import Kpi, Line, Part, View, count, counted, divided, ratio, summed, total

MARKETING = ("media", "tools", "agency", "marketing_salaries")
SALES = ("sales_salaries", "commission")


def days_of(starts: dt.date, ends: dt.date | None) -> list[dt.date]:
    """The calendar days from one to another, both ends included; at least the first."""
    length = 0 if ends is None or ends < starts else (ends - starts).days
    return [starts + number * DAY for number in range(length + 1)]


def part_of_day(row: Cost, day: dt.date, view: View) -> Fraction | None:
    """What a cost is on one of its days, at the rate of that day."""
    days = days_of(row.starts_on, row.ends_on)
    amount = home(row.amount, row.currency, day, view.world)
    return None if amount is None else amount / len(days)


def costs(categories: tuple[str, ...]) -> Part:
    """The costs of the window's days up to E."""

    def part(view: View) -> list[Line]:
        return [
            Line(
                part_of_day(row, day, view),
                {
                    "cost_category": row.category,
                    "source": row.source,
                    "campaign": row.campaign_id,
                    "team": row.team,
                    **clock_of_day(day),
                },
            )
            for row in view.world.cost
            if row.category in categories
            for day in days_of(row.starts_on, row.ends_on)
            if day <= view.stands_on and (view.window.is_all or day >= view.window.start)
        ]

    return part


marketing_cost = costs(MARKETING)
sales_cost = costs(SALES)


def paid_leads(view: View) -> list[Line]:
    """New leads; those that came by themselves may be left out."""
    found = [(each, leads.made_at(each, view.world)) for each in leads.leads(view)]
    without_organic = view.world.settings.cost_per_lead_without_organic
    return [
        Line(1, leads.described(lead, made, view))
        for lead, made in found
        if view.covers(made) and not (without_organic and lead.is_organic)
    ]


def won_leads(view: View) -> list[Line]:
    """Leads requested in the window that became customers by T."""
    return [line for line in _requested(view) if line.value[0]]


def maturing(view: View) -> list[Line]:
    """Those younger than W that have not yet."""
    return [line for line in _requested(view) if not line.value[0] and line.value[1]]


def _requested(view: View) -> list[Line]:
    """Leads requested in the window: whether they became customers, and whether they are young."""
    lines = []
    for lead in leads.leads(view):
        made = leads.made_at(lead, view.world)
        if view.covers(made):
            is_young = made is not None and not is_old_enough(made, view)
            value = ("customer" in reached(view, lead), is_young)
            lines.append(Line(value, leads.described(lead, made, view)))
    return lines


def per_case(spent: list[Line], cases: list[Line]) -> Any:
    """A cost by a number of cases."""
    return divided(total(spent), count(cases))


KPIS: dict[str, Kpi] = {
    "marketing_cost": summed(marketing_cost),
    "sales_cost": summed(sales_cost),
    "cost_per_lead": Kpi(per_case, (marketing_cost, paid_leads)),
    "cost_per_conversion": Kpi(per_case, (marketing_cost, customers.new_customers)),
    "cost_per_conversion_cohort": Kpi(per_case, (marketing_cost, won_leads)),
    "cost_per_conversion_cohort.maturing": counted(maturing),
    "cost_of_sales_ratio": ratio(sales_cost, recognised, total),
}
