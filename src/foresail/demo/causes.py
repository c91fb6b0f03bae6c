"""The causes behind the simulated organisation's numbers, each a parameter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Causes:
    """What drives the results; effects are on the log-odds scale unless they say otherwise."""

    outbound_leads_per_day: float = 7.2
    """Prospects that a fully productive opener starts to work on in a day."""

    inbound_leads_per_day: float = 1.35
    """Requests that reach the company per opener and working day."""

    closers_open: float = 0.12
    """How much of an opener's prospecting a closer does beside the deals."""

    touches_outbound: float = 8.0
    """Contacts after which an average rep gives an outbound lead up."""

    touches_inbound: float = 7.5
    """Contacts after which an average rep gives an inbound lead up."""

    connect: float = -1.45
    """A call being answered, for an average rep at an average hour."""

    qualify_inbound: float = -0.45
    """An inbound lead qualifying some day, if contacted at once and often enough."""

    qualify_outbound: float = -1.55
    """An outbound lead qualifying some day, if contacted often enough."""

    speed_effect: float = -0.15
    """What each doubling of the time to the first answer, from 15 minutes on, does to an inbound
    lead's qualifying."""

    connect_effect: float = 0.5
    """How much of a rep's skill in getting through helps leads to qualify."""

    content_effect: float = 0.20
    """What assets in the follow-up mails do to a lead's qualifying."""

    social_effect: float = 0.0
    """What social touches do to results: nothing. They go with seniority, and so seem to."""

    win: float = -1.5
    """A new deal being won by an average closer."""

    win_speed_effect: float = -0.05
    """What each doubling of the time to the first answer does to winning the later deal."""

    win_contact_effect: float = 0.25
    """What more contact in a deal does to winning it, per standard deviation of effort."""

    effort_spread: float = 0.35
    """How much the number of contacts differs between deals: a factor e to this power."""

    no_show: float = 0.12
    """Share of first meetings to which the prospect does not come."""

    moved: float = 0.13
    """Share of first meetings that are moved."""

    moved_by_rep: float = 0.35
    """Share of the moved meetings that the seller moved."""

    kept_if_moved_by_rep: float = 0.22
    """Share of the meetings moved by the seller that take place after all."""

    kept_if_moved_by_prospect: float = 0.74
    """Share of the meetings moved by the prospect that take place after all."""

    accepted: float = 2.2
    """A closer accepting a lead after the first meeting."""

    deal_care: float = 1.0
    """Activities per open deal and working day of its owner."""

    customer_care: float = 2.2
    """Activities per customer and month."""

    renewed: float = 1.7
    """A subscription being renewed at its anniversary."""

    monthly_churn: float = 0.0025
    """Share of customers that leave in a month in the middle of their term."""

    leavers_a_year: float = 0.15
    """Share of the reps who leave in a year; about as many are hired."""
