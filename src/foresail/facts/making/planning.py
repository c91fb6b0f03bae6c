"""The statements that make all facts, in the order in which they build on each other."""

from __future__ import annotations

import duckdb

from foresail.facts.making.customers.costs import make_costs
from foresail.facts.making.customers.customers import make_customer_states, make_customers
from foresail.facts.making.customers.key_accounts import make_interactions, make_key_accounts
from foresail.facts.making.customers.market import make_market, make_own_sales
from foresail.facts.making.customers.recurring import make_recurring, make_usage
from foresail.facts.making.customers.serving import make_service, make_service_prices
from foresail.facts.making.customers.surveys import make_surveys
from foresail.facts.making.deals.bookings import make_bookings
from foresail.facts.making.deals.deal_history import make_stays
from foresail.facts.making.deals.deal_touches import make_deal_plans, make_deal_touches
from foresail.facts.making.deals.deal_visits import make_deal_visits
from foresail.facts.making.deals.deals import make_deals
from foresail.facts.making.deals.opportunities import make_opportunities
from foresail.facts.making.deals.quiet_deals import make_quiet_deals
from foresail.facts.making.deals.recognised import make_recognised
from foresail.facts.making.deals.stage_passages import make_stage_passages
from foresail.facts.making.deals.stage_times import make_advanced_visits, make_stage_times
from foresail.facts.making.deals.wins import make_first_wins, make_wins
from foresail.facts.making.expected import make_lacking
from foresail.facts.making.filled import make_filled
from foresail.facts.making.leads.episodes import make_episodes
from foresail.facts.making.leads.follow_ups import make_follow_ups
from foresail.facts.making.leads.funnels import make_funnels
from foresail.facts.making.leads.handouts import make_handouts
from foresail.facts.making.leads.lead_exits import make_lead_exits
from foresail.facts.making.leads.lead_wins import make_lead_wins
from foresail.facts.making.leads.leads import (
    make_lead_owners,
    make_lead_requests,
    make_lead_states,
    make_leads,
)
from foresail.facts.making.leads.prospects import make_prospects
from foresail.facts.making.leads.responses import make_responses
from foresail.facts.making.leads.touches import make_follow_up_starts, make_touches
from foresail.facts.making.people.days import make_days, make_rep_days, make_span
from foresail.facts.making.people.quotas import make_quotas
from foresail.facts.making.people.ramps import make_ramps
from foresail.facts.making.people.reps import make_careers, make_exits, make_reps
from foresail.facts.making.people.roles import make_named_reps, make_roles
from foresail.facts.making.people.vacancies import make_vacancies
from foresail.facts.making.rollups import make_activity_days
from foresail.facts.making.shared.business import make_business_days
from foresail.facts.making.shared.money import make_rates
from foresail.facts.making.shared.splits import make_splits
from foresail.facts.making.shared.surrogates import make_surrogates
from foresail.facts.making.source import Source
from foresail.facts.making.statement import Statement
from foresail.facts.making.steps import planned
from foresail.facts.making.work.activities import make_activities
from foresail.facts.making.work.assets import make_assets, make_shares
from foresail.facts.making.work.mails import make_mails
from foresail.facts.making.work.meetings import make_held_meetings, make_meetings
from foresail.facts.making.work.missed import make_missed_meetings
from foresail.facts.making.work.social_days import make_social_days
from foresail.facts.making.work.traffic import make_traffic
from foresail.warehouse import Settings, schema
from foresail.warehouse.locking import lock

STEPS = (
    make_rates,
    make_surrogates,
    make_named_reps,
    make_roles,
    make_prospects,
    make_leads,
    make_lead_requests,
    make_deals,
    make_stays,
    make_deal_visits,
    make_funnels,
    make_activities,
    make_activity_days,
    make_business_days,
    make_episodes,
    make_lead_owners,
    make_lead_states,
    make_lead_exits,
    make_responses,
    make_follow_up_starts,
    make_touches,
    make_follow_ups,
    make_meetings,
    make_held_meetings,
    make_missed_meetings,
    make_traffic,
    make_deal_touches,
    make_deal_plans,
    make_opportunities,
    make_quiet_deals,
    make_assets,
    make_shares,
    make_mails,
    make_handouts,
    make_wins,
    make_first_wins,
    make_customers,
    make_customer_states,
    make_recurring,
    make_usage,
    make_lead_wins,
    make_surveys,
    make_stage_passages,
    make_stage_times,
    make_advanced_visits,
    make_splits,
    make_bookings,
    make_recognised,
    make_costs,
    make_market,
    make_own_sales,
    make_span,
    make_days,
    make_key_accounts,
    make_interactions,
    make_quotas,
    make_rep_days,
    make_social_days,
    make_reps,
    make_service_prices,
    make_service,
    make_careers,
    make_exits,
    make_vacancies,
    make_ramps,
    make_filled,
    make_lacking,
)


def statements(settings: Settings, source: type[Source] = Source) -> list[Statement]:
    """The plan, worked out on an empty warehouse in memory; the kind of source says for what."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("set TimeZone = 'UTC'")
        lock(connection)
        for statement in schema.statements():
            connection.execute(statement)
        return planned(source(connection, settings), STEPS, settings)
