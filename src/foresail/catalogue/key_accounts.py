"""Key accounts: how much of the work goes to those who bring most."""

from __future__ import annotations

from foresail.core.kpis import KPI, Better, Kind, Theme, Unit
from foresail.core.measures import MONTHS
from foresail.facts import key_accounts as facts
from foresail.facts.activities import Activities

KEY = (
    "Key: from the key_account_percentile of revenue on, in the twelve months before the month in "
    "which the period begins; without revenue rows, of deals won."
)


class KeyAccounts(Theme):
    """Do we invest in the accounts that bring most?"""

    key_account_touches = KPI(
        meaning="Interactions for each key account and month.",
        formula=facts.Interactions.with_key_accounts / (facts.KeyAccounts.at_start * MONTHS),
        unit=Unit.RATIO,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S1.6",),
        section="13",
        caveats=(
            KEY,
            "In either direction; a meeting with several colleagues counts once.",
            "Credited to the account's owner of today.",
        ),
    )
    key_account_time_share = KPI(
        meaning="Share of the time in calls and meetings that goes to key accounts.",
        formula=Activities.key_seconds / Activities.contact_seconds,
        beside={"assumed": Activities.assumed_meetings},
        unit=Unit.PERCENT,
        better=Better.ON_TARGET,
        kind=Kind.LEADING,
        demands=("S1.6",),
        section="13",
        caveats=(KEY, "A meeting without a duration counts as 30 minutes, a call as nothing."),
    )
    key_account_coverage = KPI(
        meaning="Share of the key accounts that were touched within key_account_touch_days.",
        formula=facts.KeyAccounts.touched / facts.KeyAccounts.at_end,
        unit=Unit.PERCENT,
        better=Better.HIGHER,
        kind=Kind.LEADING,
        demands=("S1.6",),
        section="13",
        caveats=(
            "Key accounts of the month in which the period ends, or of now while it runs.",
            "Credited to the account's owner of today.",
        ),
    )
