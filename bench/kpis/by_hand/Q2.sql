with per_lead as (
    select
        rep_id, lead_id, date_trunc('week', occurred_at)::date as period,
        count(*) filter (kind = 'call') as calls,
        count(*) filter (kind = 'call' and outcome = 'connected') as connects
    from activity
    where occurred_at >= timestamp '2025-10-06' and occurred_at < timestamp '2026-10-05'
        and direction = 'outbound' and (kind <> 'meeting' or outcome = 'held')
    group by all
)
select period, team, sum(calls) as calls, sum(connects) as connects, count(*) as leads
from per_lead join rep using (rep_id)
group by period, team
