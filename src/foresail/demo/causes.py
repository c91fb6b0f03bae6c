"""The causes behind the simulated organisation's numbers, each a parameter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, get_type_hints


@dataclass(frozen=True)
class Causes:
    """What drives the results; effects are on the log-odds scale unless they say otherwise."""

    outbound_leads_per_day: Annotated[
        float,
        "Prospects that a fully productive opener starts to work on in a day.",
    ] = 11.6
    inbound_leads_per_day: Annotated[
        float,
        "Requests that reach the company per opener and working day.",
    ] = 1.35
    closers_open: Annotated[
        float,
        "How much of an opener's prospecting a closer does beside the deals.",
    ] = 0.12
    touches_outbound: Annotated[
        float,
        "Contacts after which an average rep gives an outbound lead up.",
    ] = 8.0
    touches_inbound: Annotated[
        float,
        "Contacts after which an average rep gives an inbound lead up.",
    ] = 7.5
    connect: Annotated[
        float,
        "A call being answered, for an average rep at an average hour.",
    ] = -1.45
    qualify_inbound: Annotated[
        float,
        "An inbound lead qualifying some day, if contacted at once and often enough.",
    ] = -0.45
    qualify_outbound: Annotated[
        float,
        "An outbound lead qualifying some day, if contacted often enough.",
    ] = -1.9
    speed_effect: Annotated[
        float,
        "What each doubling of the time to the first answer, from 15 minutes on, does to an "
        "inbound lead's qualifying.",
    ] = -0.15
    connect_effect: Annotated[
        float,
        "How much of a rep's skill in getting through helps leads to qualify.",
    ] = 0.5
    content_effect: Annotated[
        float,
        "What assets in the follow-up mails do to a lead's qualifying.",
    ] = 0.2
    tailored_effect: Annotated[
        float, "What choosing assets by the segment does to results, over any asset: nothing."
    ] = 0.0
    social_effect: Annotated[
        float,
        "What social touches do to results: nothing. They go with seniority, and so seem to.",
    ] = 0.0
    win: Annotated[float, "A new deal being won by an average closer."] = -1.65
    win_speed_effect: Annotated[
        float,
        "What each doubling of the time to the first answer does to winning the later deal.",
    ] = -0.05
    win_contact_effect: Annotated[
        float,
        "What more contact in a deal does to winning it, per standard deviation of effort.",
    ] = 0.25
    effort_spread: Annotated[
        float,
        "How much the number of contacts differs between deals: a factor e to this power.",
    ] = 0.35
    no_show: Annotated[float, "Share of first meetings to which the prospect does not come."] = 0.12
    moved: Annotated[float, "Share of first meetings that are moved."] = 0.13
    moved_by_rep: Annotated[float, "Share of the moved meetings that the seller moved."] = 0.35
    kept_if_moved_by_rep: Annotated[
        float,
        "Share of the meetings moved by the seller that take place after all.",
    ] = 0.22
    kept_if_moved_by_prospect: Annotated[
        float,
        "Share of the meetings moved by the prospect that take place after all.",
    ] = 0.74
    accepted: Annotated[float, "A closer accepting a lead after the first meeting."] = 2.2
    deal_care: Annotated[float, "Activities per open deal and working day of its owner."] = 1.0
    customer_care: Annotated[float, "Activities per customer and month."] = 1.7
    renewed: Annotated[
        float,
        "A subscription of an average customer being renewed at its anniversary.",
    ] = 1.7
    monthly_churn: Annotated[
        float,
        "Share of average mid-market customers that leave in a month in the middle of their term.",
    ] = 0.006
    satisfaction_on_leaving: Annotated[
        float,
        "What a standard deviation of satisfaction does to leaving in mid-term: a factor e to "
        "this power.",
    ] = -0.7
    small_on_leaving: Annotated[
        float,
        "What being SMB does to leaving in mid-term: a factor e to this power.",
    ] = 0.5
    large_on_leaving: Annotated[
        float,
        "What being Enterprise does to leaving in mid-term: a factor e to this power.",
    ] = -0.6
    satisfaction_on_renewal: Annotated[
        float,
        "What a standard deviation of satisfaction does to renewing.",
    ] = 0.7
    attention_on_renewal: Annotated[
        float,
        "What more work on a customer does to renewing, per standard deviation of attention.",
    ] = 0.2
    attention_spread: Annotated[
        float,
        "How much the work on customers of one size differs: a factor e to this power.",
    ] = 0.4
    satisfaction_on_score: Annotated[
        float,
        "Points of a survey's score per standard deviation of satisfaction, around 8.1.",
    ] = 1.3
    satisfaction_on_usage: Annotated[
        float,
        "What a standard deviation of satisfaction does to usage: a factor e to this power.",
    ] = 0.4
    satisfaction_on_seats: Annotated[
        float,
        "What a standard deviation of satisfaction does to a change in mid-term being an increase.",
    ] = 1.1
    seat_changes_a_year: Annotated[
        float,
        "How often a year a customer books more or less in the middle of a term.",
    ] = 0.55
    price_rise: Annotated[
        float,
        "The rise of all prices older than half a year, on each 1 January.",
    ] = 0.04
    comes_back: Annotated[
        float,
        "Share of lost customers that are talked to about coming back, two months later or more.",
    ] = 0.15
    leavers_a_year: Annotated[
        float,
        "Share of the reps who leave in a year; about as many are hired.",
    ] = 0.25


def meanings(of: type) -> dict[str, str]:
    """What each field of a class of parameters means."""
    hints = get_type_hints(of, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}
