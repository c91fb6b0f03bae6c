with request as (
    select lead_id, owner_id as rep_id, created_at
    from lead
    where channel = 'inbound'
        and created_at >= timestamp '2025-10-01' and created_at < timestamp '2026-10-01'
),
answer as (
    select lead_id, min(occurred_at) as answered_at
    from activity
    where direction = 'outbound' and occurred_at >= timestamp '2025-10-01'
        and (kind <> 'meeting' or outcome = 'held')
        and lead_id in (select lead_id from request)
    group by lead_id
)
select rep_id, quantile_disc(epoch(answered_at - created_at), 0.5) as response, count(*) as n
from request join answer using (lead_id)
group by rep_id
