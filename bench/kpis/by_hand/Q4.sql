with cohort as (
    select lead_id, owner_id as rep_id, created_at, date_trunc('month', created_at)::date as period
    from lead
    where created_at >= timestamp '2025-07-01' and created_at < timestamp '2026-07-01'
),
won as (
    select lead_id, min(closed_at) as won_at from opportunity where outcome = 'won' group by lead_id
)
select
    period, rep_id,
    count(*) as leads,
    count(*) filter (won_at - created_at <= interval 90 days) as customers
from cohort left join won using (lead_id)
group by period, rep_id
