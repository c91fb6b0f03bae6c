"""What happened a year before a random world begins: one of everything that KPIs look at.

So every KPI can be answered, and one plan serves all worlds of an organisation.
"""

from __future__ import annotations

from tests.oracle.worlds.making import Making

LEAD = {"lead_id": "old lead", "owner_id": "ann"}
DEAL = "old deal"


def past(make: Making) -> None:
    """One row of every kind."""
    _customers(make)
    _content(make)
    job = {"hired_on": "2024-02-01", "left_on": "2025-06-30", "leave_kind": "voluntary"}
    make.add("rep", rep_id="pat", **job)
    make.add("position", position_id="old", opened_on="2025-06-02", filled_on="2025-06-09")
    make.add(
        "lead",
        **LEAD,
        created_at="2025-06-02T09:00:00Z",
        channel="inbound",
        source="web",
        is_organic=True,
        company_size=20,
    )
    for day, stage in enumerate(("mql", "sql", "accepted"), 3):
        make.add(
            "lead_stage",
            lead_id=LEAD["lead_id"],
            stage=stage,
            reached_at=f"2025-06-{day:02}T09:00:00Z",
        )
    for day, kind in enumerate(("call", "email", "meeting", "social"), 9):
        make.add(
            "activity",
            activity_id=f"old {kind}",
            lead_id=LEAD["lead_id"],
            rep_id="ann",
            kind=kind,
            direction="outbound",
            occurred_at=f"2025-06-{day:02}T09:00:00Z",
            booked_at="2025-06-09T08:00:00Z" if kind == "meeting" else None,
            moved_by="rep" if kind == "meeting" else None,
            outcome={"call": "connected", "email": "delivered", "meeting": "held"}.get(kind),
            duration_seconds=300,
        )
    make.add("stage", stage="old", position=0, kind="open", probability=0.3, is_forecast=True)
    make.add(
        "opportunity",
        opportunity_id=DEAL,
        lead_id=LEAD["lead_id"],
        owner_id="ann",
        amount=700,
        created_at="2025-06-06T09:00:00Z",
        expected_close_on="2025-06-30",
        closed_at="2025-06-20T09:00:00Z",
        outcome="won",
        stage="won",
    )
    make.add(
        "opportunity_stage",
        opportunity_id=DEAL,
        stage="old",
        entered_at="2025-06-06T09:00:00Z",
    )
    make.add(
        "revenue", revenue_id="old", day="2025-06-25", amount=70, cost=30, account_id="old account"
    )
    make.add("web_traffic", day="2025-06-02", source="web", is_organic=True, visitors=40)
    make.add(
        "quota",
        owner_kind="rep",
        owner_id="ann",
        starts_on="2025-06-01",
        ends_on="2025-06-30",
        amount=900,
    )


def _customers(make: Making) -> None:
    """A customer who pays, uses and answers, what that costs, and the market."""
    customer = {"account_id": "old account"}
    make.add("account", **customer, owner_id="ann")
    make.add("subscription", subscription_id="old", **customer, started_on="2025-01-15", mrr=80)
    gone = {"started_on": "2025-01-15", "ended_on": "2025-06-15", "mrr": 8}
    make.add("account", account_id="gone account")
    make.add("subscription", subscription_id="gone", account_id="gone account", **gone)
    make.add("usage", usage_id="old", **customer, day="2025-06-10", event="login")
    asked = {"sent_at": "2025-06-10T09:00:00Z", "answered_at": "2025-06-11T09:00:00Z"}
    make.add("survey_response", survey_id="old", **customer, rep_id="ann", score=9, **asked)
    for category in ("media", "sales_salaries"):
        make.add(
            "cost", cost_id=f"old {category}", starts_on="2025-06-01", amount=50, category=category
        )
    spans = {"starts_on": "2025-06-01", "ends_on": "2025-06-30"}
    for segment in ("", "small"):
        make.add("market", **spans, segment=segment, market_sales=5000, largest_rival_sales=2000)


def _content(make: Making) -> None:
    """An asset that was shared, clicked, and called about."""
    make.add("content", content_id="old asset", tracking_number="1", segment="small")
    make.add("content_share", activity_id="old email", content_id="old asset")
    for kind in ("click", "callback"):
        make.add(
            "content_event",
            event_id=f"old {kind}",
            kind=kind,
            content_id="old asset",
            activity_id="old email",
            lead_id=LEAD["lead_id"],
            occurred_at="2025-06-10T10:00:00Z",
        )
