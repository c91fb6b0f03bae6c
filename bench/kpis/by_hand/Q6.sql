with way as (
    select
        opportunity_id,
        any_value(rep_id) as rep_id,
        min(entered_at) filter (stage = 'discovery') as discovery,
        min(entered_at) filter (stage = 'demo') as demo,
        min(entered_at) filter (stage = 'proposal') as proposal,
        min(entered_at) filter (stage = 'negotiation') as negotiation
    from opportunity_stage
    group by opportunity_id
),
step as (
    select rep_id, outcome, unnest([
        {'stage': 'discovery', 'entered_at': discovery, 'next_at': demo},
        {'stage': 'demo', 'entered_at': demo, 'next_at': proposal},
        {'stage': 'proposal', 'entered_at': proposal, 'next_at': negotiation},
        {'stage': 'negotiation', 'entered_at': negotiation, 'next_at': null}
    ], recursive := true)
    from way join opportunity using (opportunity_id)
)
select
    stage, rep_id,
    count(*) as entered,
    count(*) filter (next_at is null and outcome = 'lost') as lost,
    count(*) filter (next_at is not null or outcome = 'won') as advanced
from step
where entered_at >= timestamp '2025-10-01' and entered_at < timestamp '2026-10-01'
group by stage, rep_id
