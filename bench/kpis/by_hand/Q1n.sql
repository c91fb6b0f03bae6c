select
    rep_id,
    count(*) filter (is_now and is_call) as calls,
    count(*) filter (is_now and is_call and outcome = 'connected') as connects,
    count(*) filter (is_now and kind = 'email' and is_ours) as mails,
    count(*) filter (is_now and kind = 'social' and is_ours) as social,
    sum(duration_seconds) filter (is_now and kind = 'call' and outcome = 'connected') as talk,
    count(*) filter (not is_now and is_call) as calls_before,
    count(*) filter (not is_now and is_call and outcome = 'connected') as connects_before,
    count(*) filter (not is_now and kind = 'email' and is_ours) as mails_before,
    count(*) filter (not is_now and kind = 'social' and is_ours) as social_before,
    sum(duration_seconds) filter (not is_now and kind = 'call' and outcome = 'connected')
        as talk_before
from (
    select
        rep_id, kind, outcome, duration_seconds,
        direction = 'outbound' as is_ours,
        direction = 'outbound' and kind = 'call' as is_call,
        occurred_at >= timestamp '2026-11-01' as is_now
    from activity
    where occurred_at >= timestamp '2026-10-01' and occurred_at < timestamp '2026-12-01'
)
group by rep_id
