with touch as (
    select
        lead_id, occurred_at,
        row_number() over way as touch_number,
        lead(occurred_at) over way as next_at
    from activity
    where direction = 'outbound' and (kind <> 'meeting' or outcome = 'held')
    window way as (partition by lead_id order by occurred_at)
),
converted as (
    select lead_id, min(created_at) as converted_at from opportunity group by lead_id
)
select
    touch_number,
    count(*) as touches,
    count(*) filter (converted_at < next_at or converted_at is not null and next_at is null)
        as converted
from touch left join converted using (lead_id)
where occurred_at >= timestamp '2025-10-01' and occurred_at < timestamp '2026-10-01'
    and (converted_at is null or converted_at >= occurred_at)
group by touch_number
