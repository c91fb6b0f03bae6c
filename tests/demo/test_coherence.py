"""The records agree with each other: every query names the rows that would not."""

from __future__ import annotations

import duckdb
import pytest

from foresail.model import TABLES, Column

REFERENCES = [
    (name, column.name, column.refers_to)
    for name, table in TABLES.items()
    for column in table.columns
    if column.refers_to in TABLES and column.name not in ("manager_id", TABLES[name].key[0].name)
] + [
    (name, table.key[0].name, table.key[0].refers_to)
    for name, table in TABLES.items()
    if table.key and table.key[0].refers_to not in ("", name)
]

KEYED = [name for name, table in TABLES.items() if table.key and not table.is_keyless]

CONTRADICTIONS = {
    "closed before created": "select * from opportunity where closed_at < created_at",
    "an outcome without an end": """
        select * from opportunity where (outcome is null) <> (closed_at is null)""",
    "the last stage is not the present one": """
        select * from opportunity join (
            select opportunity_id, arg_max(stage, entered_at) as last
            from opportunity_stage group by all) using (opportunity_id)
        where stage <> last""",
    "a deal without stages": """
        select * from opportunity anti join opportunity_stage using (opportunity_id)""",
    "the first stage is not entered at creation": """
        select * from opportunity join (
            select opportunity_id, min(entered_at) as first
            from opportunity_stage group by all) using (opportunity_id)
        where created_at <> first""",
    "the end is not the entry into the last stage": """
        select * from opportunity join (
            select opportunity_id, max(entered_at) as last
            from opportunity_stage group by all) using (opportunity_id)
        where closed_at <> last""",
    "the outcome is not what the stage says": """
        select * from opportunity join stage using (pipeline, stage)
        where coalesce(outcome, 'open') <> kind""",
    "a stage of another pipeline": """
        select * from opportunity join opportunity_stage history using (opportunity_id)
        anti join stage on stage.pipeline = opportunity.pipeline and stage.stage = history.stage""",
    "a reason without a loss, or none": """
        select * from opportunity
        where (lost_reason is not null) <> coalesce(outcome = 'lost', false)
        """,
    "the last change does not lead to the present value": """
        select * from opportunity join (
            select opportunity_id, field, arg_max(new_value, changed_at) as last
            from opportunity_change group by all) using (opportunity_id)
        where last <> case field when 'amount' then amount::decimal(18, 2)::text
            when 'owner_id' then owner_id else expected_close_on::text end""",
    "changes do not follow from each other": """
        select * from (
            select *, lag(new_value) over
                (partition by opportunity_id, field order by changed_at) as before
            from opportunity_change)
        where before <> old_value or old_value = new_value""",
    "a change before the creation or after the end": """
        select * from opportunity join opportunity_change using (opportunity_id)
        where changed_at < created_at or changed_at > closed_at""",
    "revenue splits that are not the whole": """
        select opportunity_id, sum(share) from opportunity_split where kind = 'revenue'
        group by all having abs(sum(share) - 1) > 1e-9""",
    "a split of a deal that is not won": """
        select * from opportunity_split join opportunity using (opportunity_id)
        where outcome is distinct from 'won'""",
    "a successor of a meeting that was not moved": """
        select * from activity later join activity earlier
            on later.moved_from_id = earlier.activity_id
        where earlier.outcome <> 'moved' or earlier.kind <> 'meeting'
            or later.kind <> 'meeting' or later.occurred_at <= earlier.occurred_at""",
    "two successors of one meeting": """
        select moved_from_id from activity where moved_from_id is not null
        group by all having count(*) > 1""",
    "moved by nobody, or not moved": """
        select * from activity where (moved_by is not null) <> (coalesce(outcome, '') = 'moved')""",
    "planned after it took place": "select * from activity where booked_at >= occurred_at",
    "an outcome of another kind": """
        select * from activity where outcome is not null and not (
            kind = 'call'
            and outcome in ('connected', 'voicemail', 'no_answer', 'busy', 'abandoned')
            or kind = 'meeting' and outcome in ('held', 'no_show', 'cancelled', 'moved')
            or kind = 'email' and outcome in ('delivered', 'bounced', 'replied'))""",
    "something after the last day that is not a plan": """
        select * from activity where occurred_at >= timestamptz '2026-11-23 00:00:00'
        and (is_completed or outcome is not null or duration_seconds is not null
            or booked_at is null or booked_at >= timestamptz '2026-11-23 00:00:00')""",
    "work on a deal outside its life": """
        select * from activity join opportunity using (opportunity_id)
        where occurred_at < created_at or (is_completed and occurred_at > closed_at)""",
    "human work on a lead before it came": """
        select * from activity join lead using (lead_id) where occurred_at < lead.created_at""",
    "work by a rep who was not there": """
        select * from activity join rep using (rep_id)
        where kind in ('call', 'meeting') and direction = 'outbound'
        and (occurred_at::date < hired_on or occurred_at::date > left_on)""",
    "assigned before it came": "select * from lead where assigned_at < created_at",
    "the last spell is not the owner's": """
        select * from lead join (
            select lead_id, arg_max(coalesce(rep_id, ''), assigned_at) as last
            from lead_assignment group by all) using (lead_id)
        where coalesce(owner_id, '') <> last""",
    "a stage before the lead": """
        select * from lead_stage join lead using (lead_id) where reached_at < created_at""",
    "a customer without a win": """
        select * from lead_stage anti join (
            select lead_id from opportunity where outcome = 'won') using (lead_id)
        where stage = 'customer'""",
    "a won lead that is no customer": """
        select * from opportunity anti join (
            select lead_id from lead_stage where stage = 'customer') using (lead_id)
        where outcome = 'won' and lead_id is not null""",
    "stages out of order": """
        select * from (pivot lead_stage on stage using min(reached_at) group by lead_id)
        where mql > sql or sql > passed or passed > accepted or accepted > opportunity
            or opportunity > customer or disqualified < mql""",
    "a contact of another company": """
        select * from lead join contact using (contact_id)
        where lead.account_id <> contact.account_id""",
    "an account entered after its first lead": """
        select * from account join lead using (account_id)
        where account.created_at > lead.created_at""",
    "an own parent": "select * from account where parent_account_id = account_id",
    "left before hired": "select * from rep where left_on < hired_on",
    "left without a kind": "select * from rep where (left_on is null) <> (leave_kind is null)",
    "assignments that overlap": """
        select * from rep_assignment a join rep_assignment b using (rep_id)
        where a.valid_from < b.valid_from
            and coalesce(a.valid_to, date '2999-01-01') >= b.valid_from
        """,
    "the present assignment is not the rep's": """
        select * from rep join (
            select rep_id, arg_max(team || seniority || territory, valid_from) as last
            from rep_assignment group by all) using (rep_id)
        where last <> team || seniority || territory""",
    "a manager who is a rep": "select * from rep where manager_id in (select rep_id from rep)",
    "ended before started": "select * from subscription where ended_on < started_on",
    "a foreign currency without a rate": """
        select * from opportunity anti join exchange_rate
            on exchange_rate.currency = opportunity.currency
            and exchange_rate.day <= coalesce(closed_at, created_at)::date
        where opportunity.currency <> 'EUR' and closed_at is not null""",
    "a score without an answer": """
        select * from survey_response where (score is null) <> (answered_at is null)
            or answered_at < sent_at or score > 10""",
    "filled before opened": "select * from position where filled_on < opened_on",
    "an asset shared before it was published": """
        select * from content_share
        join content using (content_id) join activity using (activity_id)
        where occurred_at::date < published_on or occurred_at::date > retired_on""",
    "an event before the mail": """
        select * from content_event event join activity using (activity_id)
        where event.occurred_at < activity.occurred_at""",
    "a callback without a call": """
        select * from content_event event join content using (content_id)
        anti join activity on activity.direction = 'inbound'
            and activity.dialled_number = content.tracking_number
            and activity.occurred_at = event.occurred_at
        where event.kind = 'callback'""",
}


@pytest.mark.parametrize(("name", "column", "target"), REFERENCES)
def test_every_reference_is_found(
    con: duckdb.DuckDBPyConnection, name: str, column: str, target: str
) -> None:
    key = TABLES[target].key[0].name
    lost = con.execute(
        f"select count(*) from {name} where {column} is not null "
        f"and {column} not in (select {key} from {target})"
    ).fetchone()
    assert lost == (0,)


@pytest.mark.parametrize("name", KEYED)
def test_keys_are_filled_and_unique(con: duckdb.DuckDBPyConnection, name: str) -> None:
    columns = [column.name for column in TABLES[name].key]
    doubles = con.execute(
        f"select count(*) - count(distinct ({', '.join(columns)})), "
        f"count(*) filter ({' or '.join(f'{column} is null' for column in columns)}) from {name}"
    ).fetchone()
    assert doubles == (0, 0)


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_there_is_never(con: duckdb.DuckDBPyConnection, what: str) -> None:
    found = con.execute(f"select count(*) from ({CONTRADICTIONS[what]})").fetchone()
    assert found == (0,)


@pytest.mark.parametrize(
    "column",
    [
        *("lead.created_at", "lead_stage.reached_at", "lead_assignment.assigned_at"),
        *("opportunity.created_at", "opportunity.closed_at", "opportunity_stage.entered_at"),
        *("opportunity_change.changed_at", "activity.booked_at", "content_event.occurred_at"),
        *("survey_response.sent_at", "survey_response.answered_at", "account.created_at"),
        *("revenue.day", "usage.day", "web_traffic.day", "exchange_rate.day"),
        *("rep.hired_on", "rep.left_on", "subscription.started_on", "subscription.ended_on"),
    ],
)
def test_nothing_but_plans_lies_ahead(con: duckdb.DuckDBPyConnection, column: str) -> None:
    table, name = column.split(".")
    late = con.execute(
        f"select count(*) from {table} where {name} >= timestamptz '2026-11-23 00:00:00'"
    ).fetchone()
    assert late == (0,)


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_filled(con: duckdb.DuckDBPyConnection, name: str) -> None:
    names = [column.name for column in TABLES[name].columns if column not in optional(name)]
    counts = con.execute(f"select {', '.join(f'count({each})' for each in names)} from {name}")
    found = counts.fetchone()
    assert found is not None
    assert [each for each, count in zip(names, found, strict=True) if not count] == []


def optional(name: str) -> tuple[Column, ...]:
    """The ids that a table may do without."""
    return TABLES[name].key if TABLES[name].is_keyless else ()


def test_some_meetings_and_tasks_are_planned(con: duckdb.DuckDBPyConnection) -> None:
    planned = con.execute(
        """select count(*) filter (kind = 'meeting'), count(*) filter (kind = 'call')
        from activity where occurred_at >= timestamptz '2026-11-23 00:00:00'"""
    ).fetchone()
    assert planned is not None
    assert min(planned) > 50
