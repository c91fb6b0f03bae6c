"""What one may split by, and who gets the credit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Dimension:
    """Something to split by. Facts that carry the same dimension can be compared on it.

    `of_rep` marks those that follow from the credited rep at the event; `names` is the canonical
    table whose names people see in place of ids.
    """

    id: str
    label: str
    of_rep: bool = False
    names: str = ""


REP = Dimension("rep", "Rep", of_rep=True, names="rep")
TEAM = Dimension("team", "Team", of_rep=True)
MANAGER = Dimension("manager", "Manager", of_rep=True, names="rep")
ROLE = Dimension("role", "Role", of_rep=True)
SENIORITY = Dimension("seniority", "Seniority", of_rep=True)
TERRITORY = Dimension("territory", "Territory", of_rep=True)
LEAD_TERRITORY = Dimension("lead_territory", "Territory of the lead")
SOURCE = Dimension("source", "Source")
CHANNEL = Dimension("channel", "Channel")
CAMPAIGN = Dimension("campaign", "Campaign")
SEGMENT = Dimension("segment", "Segment")
INDUSTRY = Dimension("industry", "Industry")
COUNTRY = Dimension("country", "Country")
COMPANY_SIZE_BAND = Dimension("company_size_band", "Company size")
TITLE_LEVEL = Dimension("title_level", "Title level")
PIPELINE = Dimension("pipeline", "Pipeline")
PRODUCT = Dimension("product", "Product")
DEAL_TYPE = Dimension("deal_type", "Deal type")
STAGE = Dimension("stage", "Stage")
END_REASON = Dimension("end_reason", "Reason of the end")
LOST_REASON = Dimension("lost_reason", "Lost reason")
ACTIVITY_KIND = Dimension("activity_kind", "Kind of activity")
OUTCOME = Dimension("outcome", "Outcome")
MOVED_BY = Dimension("moved_by", "Moved by")
NETWORK = Dimension("network", "Network")
COST_CATEGORY = Dimension("cost_category", "Kind of cost")
CONTENT = Dimension("content", "Content", names="content")
LEAD_STAGE = Dimension("lead_stage", "Stage of the lead")
TOUCH_NUMBER = Dimension("touch_number", "Touch number")
RESPONSE_KIND = Dimension("response_kind", "Kind of response")
ANSWERED_BY = Dimension("answered_by", "Answered by", names="rep")
CUSTOMER = Dimension("customer", "Customer")
"""Not asked for by itself: measures look values up by it."""
ACCOUNT = Dimension("account_id", "Account")
"""What values are looked up by; nobody is asked by account."""
HOUR_OF_DAY = Dimension("hour_of_day", "Hour of day")
WEEKDAY = Dimension("weekday", "Weekday")

REP_DIMENSIONS = (REP, TEAM, MANAGER, ROLE, SENIORITY, TERRITORY)
CLOCK_DIMENSIONS = (HOUR_OF_DAY, WEEKDAY)

DIMENSIONS: dict[str, Dimension] = {
    each.id: each
    for each in (
        *REP_DIMENSIONS,
        LEAD_TERRITORY,
        SOURCE,
        CHANNEL,
        CAMPAIGN,
        SEGMENT,
        INDUSTRY,
        COUNTRY,
        COMPANY_SIZE_BAND,
        TITLE_LEVEL,
        PIPELINE,
        PRODUCT,
        DEAL_TYPE,
        STAGE,
        LOST_REASON,
        END_REASON,
        ACTIVITY_KIND,
        OUTCOME,
        MOVED_BY,
        NETWORK,
        COST_CATEGORY,
        CONTENT,
        LEAD_STAGE,
        TOUCH_NUMBER,
        RESPONSE_KIND,
        ANSWERED_BY,
        *CLOCK_DIMENSIONS,
    )
}


@dataclass(frozen=True)
class Credit:
    """Whose number it is, in the fact's columns `<prefix>_rep`, `<prefix>_team`, ...

    `carries` are those that it says; what belongs to a team has no rep.
    """

    prefix: str
    rule: str
    carries: tuple[Dimension, ...] = REP_DIMENSIONS

    def column(self, dimension: Dimension) -> str:
        """The fact's column that holds this dimension of the credited rep."""
        return f"{self.prefix}_{dimension.id}"


ACTOR = Credit("actor", "who did it")
MOVER = Credit("mover", "who did it, in the team of the day on which it was moved")
HOLDER = Credit("began", "who owned the lead, in the team of the day on which that began")
BOOKER = Credit("booker", "who planned it, in the team of that day")
OWNER = Credit("owner", "the owner at that moment")
SOURCED = Credit("sourced", "who brought it in, else the owner at creation")
CREDITED = Credit("credited", "by splits, else the owner at close")
CARRIER = Credit("carrier", "whose quota it is")
ABOUT = Credit("about", "the rep it is about")
ASKED = Credit("asked", "the rep it is about, in the team of the day on which it was sent")
PERSON = Credit("person", "the rep, in the team of that day")
ATTEMPT = Credit("attempt", "the lead's owner at the first attempt, or now while there is none")
STARTED = Credit("start", "the account's owner, in the team of the first day of service")
ENDED = Credit("end", "the account's owner, in the team of the last day of service")
KEEPER = Credit("keeper", "the account's owner, in the team of that day")
KEY_MONTH = Credit("month", "the account's owner, in the team of the month's first day")
ENTRANT = Credit("entrant", "the owner when the stage was entered")
VACANT = Credit("vacant", "the team and role that seek somebody", carries=(TEAM, ROLE))
PAYER = Credit("payer", "the team it was paid for", carries=(TEAM,))
