"""What is read of each kind of record, in SQL over the tables as they were loaded.

Parameters: `$id`, the record; `$ids`, it and those merged into it; `$as_of`, the instant T;
`$currency`, the organisation's. Names of reps stand as `{old}` and `{new}` in what is said.
"""

from __future__ import annotations

from dataclasses import dataclass

COLUMNS = ("at", "is_day", "kind", "who", "what", "note", "url", "of_kind", "of_id", "old", "new")
NOTHING = "null::varchar as note, null::varchar as url"
ALONE = "null::varchar as of_kind, null::varchar as of_id"
NOBODY = "null::varchar as old, null::varchar as new"
NO_ONE = "null::varchar as who"
REST = f"{NOTHING}, {ALONE}, {NOBODY}"


@dataclass(frozen=True)
class Queries:
    """How a kind of record is read.

    `head` is one row: a title, then what its columns are called; columns that end in ` rep` hold a
    rep. `hands` are those who owned the record or acted on it: rep, first day, day after the last.
    `merged` is the table of its merges.
    """

    head: str
    hands: str
    events: tuple[str, ...]
    merged: str = ""


def activities(condition: str, *, named: bool) -> str:
    """The activities that meet a condition; `named` where they are records of their own."""
    of = "'activity' as of_kind, a.activity_id as of_id" if named else ALONE
    return f"""
select a.occurred_at as at, a.occurred_is_date as is_day, a.kind, a.rep_id as who,
  concat_ws(', ', concat_ws(' ', case a.kind when 'social' then 'social touch' else a.kind end,
    case when a.direction is not null then '(' || a.direction || ')' end),
    replace(a.outcome, '_', ' '),
    case when c.duration_seconds > 0 then
      format('{{:d}}:{{:02d}} min', (c.duration_seconds // 60)::int,
        (c.duration_seconds % 60)::int) end,
    c.subject) as what,
  c.note, c.recording_url as url, {of}, {NOBODY}
from fact.activity a join canonical.activity c on c.activity_id = a.activity_id
where {condition} and coalesce(a.occurred_at <= $as_of, true)
  and coalesce(a.deleted_at > $as_of, true)
"""


def acted(condition: str) -> str:
    """Who acted in the activities that meet a condition, and on which day."""
    return f"""
select rep_id, coalesce(occurred_on, $today) as since, coalesce(occurred_on, $today) + 1 as until
from fact.activity where {condition} and coalesce(occurred_at <= $as_of, true)
  and coalesce(deleted_at > $as_of, true)
"""


def deals(condition: str) -> str:
    """What became of the opportunities that meet a condition."""
    return f"""
select created_at as at, created_is_date as is_day, 'opportunity' as kind, owner_id as who,
  'Opportunity ' || coalesce(name, opportunity_id) || ' opened' as what, {NOTHING},
  'opportunity' as of_kind, opportunity_id as of_id, {NOBODY}
from fact.deal where {condition} and created_at <= $as_of and coalesce(deleted_at > $as_of, true)
union all
select s.since, s.is_date, s.state, d.owner_id,
  'Opportunity ' || coalesce(d.name, d.opportunity_id) || ' ' || s.state
    || case when s.state = 'lost' and d.lost_reason is not null then ': ' || d.lost_reason else ''
    end, {NOTHING}, 'opportunity', d.opportunity_id, {NOBODY}
from fact.deal_stay s join fact.deal d on d.opportunity_id = s.opportunity_id
where {condition} and s.state <> 'open' and s.since <= $as_of and s.since > '0002-01-01'
  and coalesce(d.deleted_at > $as_of, true)
"""


def leads(condition: str) -> str:
    """The leads that meet a condition."""
    return f"""
select created_at as at, created_is_date as is_day, 'lead' as kind, {NO_ONE},
  concat_ws(' ', 'Lead', '(' || channel || ')', 'from ' || source) as what, {NOTHING},
  'lead' as of_kind, lead_id as of_id, {NOBODY}
from fact.lead where {condition} and created_at <= $as_of and coalesce(deleted_at > $as_of, true)
"""


LEAD = Queries(
    head="""
select coalesce(l.account, l.lead_id) as title, l.account as Company, l.channel as Channel,
  l.source as Source, l.lead_territory as Territory, l.segment as Segment,
  o.owner_id as "Owner rep"
from fact.lead l left join fact.lead_owner o
  on o.lead_id = l.lead_id and o.since <= $as_of and o.until > $as_of
where l.lead_id = $id and coalesce(l.created_at <= $as_of, true)
  and coalesce(l.deleted_at > $as_of, true)
limit 1
""",
    hands=f"""
select owner_id, greatest(since, '0002-01-01')::date, (until - interval 1 microsecond)::date + 1
from fact.lead_owner where lead_id = $id and since <= $as_of
union all {acted("lead_id = $id")}
""",
    events=(
        f"""
select created_at as at, created_at_is_date as is_day, 'created' as kind, {NO_ONE},
  concat_ws(' ', case when lead_id = $id then 'Lead' else 'Lead ' || lead_id end,
    '(' || channel || ')', 'from ' || source) as what, {REST}
from canonical.lead where list_contains($ids, lead_id) and coalesce(created_at <= $as_of, true)
""",
        f"""
select assigned_at as at, assigned_at_is_date as is_day, 'owner' as kind, {NO_ONE},
  case when rep_id is null then 'Put into the queue' else 'Handed to {{new}}' end as what,
  {NOTHING}, {ALONE}, null as old, rep_id as new
from canonical.lead_assignment
where list_contains($ids, lead_id) and assigned_at <= $as_of
""",
        f"""
select reached_at as at, reached_at_is_date as is_day, 'stage' as kind, rep_id as who,
  'Stage: ' || stage as what, reason as note, null as url, {ALONE}, {NOBODY}
from canonical.lead_stage where list_contains($ids, lead_id) and reached_at <= $as_of
""",
        f"""
select e.occurred_at as at, e.occurred_at_is_date as is_day, 'content' as kind, {NO_ONE},
  e.kind || ' of ' || coalesce(c.name, e.content_id, 'an asset') as what, {REST}
from canonical.content_event e left join canonical.content c on c.content_id = e.content_id
where list_contains($ids, e.lead_id) and not coalesce(e.is_bot, false) and e.occurred_at <= $as_of
""",
        activities("a.lead_id = $id", named=True),
        deals("lead_id = $id"),
    ),
    merged="lead",
)

OPPORTUNITY = Queries(
    head="""
select coalesce(d.name, d.opportunity_id) as title, d.account as Company,
  case when s.state = 'open' then coalesce(s.stage, 'open') else s.state end as Stage,
  format('{:,.2f}', s.amount::double) || ' ' || coalesce(d.currency, $currency) as Amount,
  s.expected_close_on::varchar as "Expected close", d.pipeline as Pipeline,
  d.product as Product, d.deal_type as "Deal type", d.source as Source,
  s.owner_rep as "Owner rep", d.sourced_by_id as "Brought in by rep"
from fact.deal d left join fact.opportunity_state s
  on s.opportunity_id = d.opportunity_id and s.since <= $as_of and s.until > $as_of
where d.opportunity_id = $id and coalesce(d.created_at <= $as_of, true)
  and coalesce(d.deleted_at > $as_of, true)
limit 1
""",
    hands=f"""
select owner_rep, greatest(since, '0002-01-01')::date, (until - interval 1 microsecond)::date + 1
from fact.opportunity_state where opportunity_id = $id and since <= $as_of
union all
select s.rep_id, coalesce(d.closed_at, $as_of)::date, coalesce(d.closed_at, $as_of)::date + 1
from canonical.opportunity_split s join fact.deal d on d.opportunity_id = s.opportunity_id
where s.opportunity_id = $id
union all
select sourced_by_id, coalesce(created_at, $as_of)::date, coalesce(created_at, $as_of)::date + 1
from fact.deal where opportunity_id = $id
union all {acted("opportunity_id = $id")}
""",
    events=(
        f"""
select created_at as at, created_is_date as is_day, 'created' as kind, sourced_by_id as who,
  'Opportunity opened' as what, {REST}
from fact.deal where opportunity_id = $id and coalesce(created_at <= $as_of, true)
""",
        f"""
select entered_at as at, entered_at_is_date as is_day, 'stage' as kind, rep_id as who,
  'Stage: ' || stage as what, {REST}
from canonical.opportunity_stage
where list_contains($ids, opportunity_id) and entered_at <= $as_of
""",
        f"""
select changed_at as at, changed_at_is_date as is_day,
  case field when 'owner_id' then 'owner' when 'amount' then 'amount' else 'expected close' end
    as kind, {NO_ONE},
  case field when 'owner_id' then 'Owner: {{old}} → {{new}}'
    when 'amount' then 'Amount: ' || coalesce(format('{{:,.2f}}', try_cast(old_value as double)),
      '–') || ' → ' || coalesce(format('{{:,.2f}}', try_cast(new_value as double)), '–')
    else 'Expected close: ' || coalesce(old_value, '–') || ' → ' || coalesce(new_value, '–')
  end as what, {NOTHING}, {ALONE},
  case when field = 'owner_id' then old_value end as old,
  case when field = 'owner_id' then new_value end as new
from canonical.opportunity_change
where list_contains($ids, opportunity_id) and changed_at <= $as_of
""",
        f"""
select s.since as at, s.is_date as is_day,
  case s.state when 'open' then 're-opened' else s.state end as kind, {NO_ONE},
  case s.state when 'won' then 'Won' when 'open' then 'Re-opened'
    else concat_ws(': ', 'Lost', d.lost_reason) end as what, {REST}
from fact.deal_stay s join fact.deal d on d.opportunity_id = s.opportunity_id
where s.opportunity_id = $id and s.since <= $as_of and s.since > '0002-01-01'
  and (s.state <> 'open' or exists (from fact.deal_stay e
    where e.opportunity_id = $id and e.state <> 'open' and e.since < s.since))
""",
        activities("a.opportunity_id = $id", named=True),
    ),
    merged="opportunity",
)

ACTIVITY = Queries(
    head="""
select coalesce(c.subject, a.kind || ' ' || a.activity_id) as title, a.kind as Kind,
  a.direction as Direction, replace(a.outcome, '_', ' ') as Outcome, a.account as Company,
  c.note as Note, c.recording_url as Recording, a.rep_id as "By rep"
from fact.activity a join canonical.activity c on c.activity_id = a.activity_id
where a.activity_id = $id and ($kind = 'activity' or a.kind = $kind)
  and coalesce(least(a.booked_at, a.occurred_at) <= $as_of, true)
  and coalesce(a.deleted_at > $as_of, true)
""",
    hands="""
select rep_id, coalesce(occurred_on, $today), coalesce(occurred_on, $today) + 1
from fact.activity where activity_id = $id
""",
    events=(
        f"""
select booked_at as at, booked_is_date as is_day, 'booked' as kind, rep_id as who,
  'Planned' as what, {REST}
from fact.activity where activity_id = $id and booked_at <= $as_of
""",
        f"""
with recursive chain(later, earlier) as (
  select activity_id, moved_from_id from canonical.activity where activity_id = $id
  union
  select c.activity_id, c.moved_from_id
  from canonical.activity c join chain on c.activity_id = chain.earlier or
    c.moved_from_id = chain.later
)
select c.booked_at as at, coalesce(c.booked_at_is_date, false) as is_day, 'moved' as kind,
  c.rep_id as who, concat_ws(' ', 'Moved to another time', 'by the ' || f.moved_by) as what,
  {NOTHING}, 'activity' as of_kind, c.activity_id as of_id, {NOBODY}
from chain join canonical.activity c on c.activity_id = chain.later
join canonical.activity f on f.activity_id = c.moved_from_id
where c.booked_at <= $as_of and coalesce(c.deleted_at > $as_of, true)
""",
        activities("a.activity_id = $id", named=False),
        f"""
select a.occurred_at as at, a.occurred_is_date as is_day, 'content' as kind, a.rep_id as who,
  'Shared ' || coalesce(c.name, s.content_id) as what, {REST}
from canonical.content_share s join fact.activity a on a.activity_id = s.activity_id
left join canonical.content c on c.content_id = s.content_id
where s.activity_id = $id and a.occurred_at <= $as_of
""",
        f"""
select e.occurred_at as at, e.occurred_at_is_date as is_day, 'content' as kind, {NO_ONE},
  e.kind || ' of ' || coalesce(c.name, e.content_id, 'an asset') as what, {REST}
from canonical.content_event e left join canonical.content c on c.content_id = e.content_id
where e.activity_id = $id and not coalesce(e.is_bot, false) and e.occurred_at <= $as_of
""",
    ),
)

ACCOUNT = Queries(
    head="""
select coalesce(a.name, a.account_id) as title, a.industry as Industry, a.segment as Segment,
  a.company_size_band as Size, a.country as Country, a.owner_id as "Owner rep"
from fact.account a join canonical.account c on c.account_id = a.account_id
where a.account_id = $id and coalesce(c.created_at <= $as_of, true)
""",
    hands=f"""
select owner_id, $today, $today + 1 from fact.account where account_id = $id
union all {acted("account_id = $id")}
""",
    events=(
        f"""
select created_at as at, created_at_is_date as is_day, 'created' as kind, {NO_ONE},
  'Account entered' as what, {REST}
from canonical.account where account_id = $id and created_at <= $as_of
""",
        leads("account_id = $id"),
        deals("account_id = $id"),
        f"""
select started_on::timestamp as at, true as is_day, 'subscription' as kind, {NO_ONE},
  concat_ws(', ', concat_ws(' ', 'Service began:', coalesce(product, subscription_id)),
    format('{{:,.2f}}', mrr::double) || ' ' || coalesce(currency, $currency) || ' a month')
    as what, {REST}
from canonical.subscription
where list_contains($ids, account_id) and started_on::timestamp <= $as_of
union all
select ended_on::timestamp, true, 'subscription', null,
  concat_ws(', ', concat_ws(' ', 'Service ended:', coalesce(product, subscription_id)),
    end_reason), {REST}
from canonical.subscription
where list_contains($ids, account_id) and ended_on::timestamp <= $as_of
""",
        f"""
select answered_at as at, answered_at_is_date as is_day, 'survey' as kind, {NO_ONE},
  'Survey answered: ' || coalesce(score::varchar, '–') as what, comment as note, null as url,
  {ALONE}, {NOBODY}
from canonical.survey_response
where list_contains($ids, account_id) and answered_at <= $as_of
""",
        activities("a.account_id = $id", named=True),
    ),
    merged="account",
)

CONTACT = Queries(
    head="""
select coalesce(c.name, c.contact_id) as title, k.title as Title, c.title_level as "Title level",
  a.name as Company, a.owner_id as "Owner rep"
from fact.contact c join canonical.contact k on k.contact_id = c.contact_id
left join fact.account a on a.account_id = c.account_id
where c.contact_id = $id
""",
    hands=f"""
select a.owner_id, $today, $today + 1
from fact.contact c join fact.account a on a.account_id = c.account_id where c.contact_id = $id
union all {acted("contact_id = $id")}
""",
    events=(
        leads("contact_id = $id"),
        deals("contact_id = $id"),
        activities("a.contact_id = $id", named=True),
    ),
    merged="contact",
)

REP = Queries(
    head="""
select coalesce(c.name, c.rep_id) as title, r.team as Team, r.role as Role,
  r.seniority as Seniority, r.territory as Territory, r.manager as "Manager rep"
from canonical.rep c left join fact.role r
  on r.rep_id = c.rep_id and r.since_on <= $today and r.until_on > $today
where c.rep_id = $id and coalesce(c.hired_on <= $today, true)
""",
    hands="select $id, $today, $today + 1",
    events=(
        f"""
select hired_on::timestamp as at, true as is_day, 'hired' as kind, {NO_ONE},
  'First day in the job' as what, {REST}
from canonical.rep where rep_id = $id and hired_on <= $today
union all
select left_on::timestamp, true, 'left', null, 'Last day in the job', {REST}
from canonical.rep where rep_id = $id and left_on <= $today
""",
        f"""
select valid_from::timestamp as at, true as is_day, 'position' as kind, {NO_ONE},
  concat_ws(', ', 'team ' || team, role, seniority, territory,
    case when manager_id is not null then 'manager {{new}}' end) as what,
  {NOTHING}, {ALONE}, null as old, manager_id as new
from canonical.rep_assignment where rep_id = $id and valid_from <= $today
""",
    ),
)

KINDS = {
    "lead": LEAD,
    "opportunity": OPPORTUNITY,
    "meeting": ACTIVITY,
    "activity": ACTIVITY,
    "account": ACCOUNT,
    "contact": CONTACT,
    "rep": REP,
}
