with per_lead as (
    select
        rep_id, lead_id, is_now,
        count(*) filter (kind = 'call' and is_ours) as calls,
        count(*) filter (kind = 'call' and is_ours and outcome = 'connected') as connects,
        count(*) filter (kind = 'email' and is_ours) as mails,
        count(*) filter (kind = 'social' and is_ours) as social,
        sum(duration_seconds) filter (kind = 'call' and outcome = 'connected') as talk,
        bool_or(is_ours and (kind <> 'meeting' or outcome = 'held')) as is_touched
    from (
        select
            rep_id, lead_id, kind, outcome, duration_seconds,
            direction = 'outbound' as is_ours,
            occurred_at >= timestamp '2026-11-01' as is_now
        from activity
        where occurred_at >= timestamp '2026-10-01' and occurred_at < timestamp '2026-12-01'
    )
    group by rep_id, lead_id, is_now
)
select
    rep_id,
    sum(calls) filter (is_now) as calls,
    sum(connects) filter (is_now) as connects,
    sum(mails) filter (is_now) as mails,
    sum(social) filter (is_now) as social,
    sum(talk) filter (is_now) as talk,
    count(*) filter (is_now and is_touched) as people,
    sum(calls) filter (not is_now) as calls_before,
    sum(connects) filter (not is_now) as connects_before,
    sum(mails) filter (not is_now) as mails_before,
    sum(social) filter (not is_now) as social_before,
    sum(talk) filter (not is_now) as talk_before,
    count(*) filter (not is_now and is_touched) as people_before
from per_lead
group by rep_id
