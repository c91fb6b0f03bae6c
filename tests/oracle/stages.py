"""The stages of opportunities: who advanced, who leaked, and how long it took."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from tests.oracle import deals
from tests.oracle.closings import close_amount, closes, is_a_loss
from tests.oracle.lengths import is_by, length
from tests.oracle.passages import Passage, Visit, passages, visits
from tests.oracle.records import Moment, Opportunity
from tests.oracle.stalling import Limit, is_stalled, stalled_deals, usual_lengths
from tests.oracle.survival import censored_median
from tests.oracle.view import Kpi, Line, Part, View, count, counted, divided, ratio, summed

LEFT = ("advanced", "lost", "disqualified", "back")
CLASSES = (*LEFT, "stalled", "fresh")


def class_of(passage: Passage, view: View, limit: Limit) -> str:
    """What has become of a passage by T."""
    if passage.has_advanced:
        return "advanced"
    deal, at, world = passage.deal, view.as_of, view.world
    made = visits(deal, at, world)
    close = deals.close_at(deal, at, world)
    if close is not None:
        stood = last_stage(made, close[1], view)
        if stood is None or stood.stage != passage.stage:
            return "back"
        return "lost" if is_a_loss(deal, view) else "disqualified"
    if made[-1].stage != passage.stage:
        return "back"
    return "stalled" if is_stalled(deal, made[-1], at, limit, world) else "fresh"


def last_stage(made: Sequence[Visit], by: Moment | None, view: View) -> Visit | None:
    """The last visit that had begun by a moment, or of all."""
    settings = view.world.settings
    begun = [visit for visit in made if by is None or is_by(visit.entered, by, settings)]
    return begun[-1] if begun else None


def line(deal: Opportunity, stage: str, entered: Moment | None, view: View, value: Any) -> Line:
    """A passage or a visit, credited to the owner when it began."""
    at = entered.at if entered else view.as_of
    owner = deals.owner_at(deal, at, view.world)
    return Line(value, deals.described(deal, owner, entered, stage, view))


def entered(view: View) -> list[Passage]:
    """The passages that were entered in the window."""
    return [
        passage
        for deal in deals.visible(view)
        for passage in passages(deal, view.as_of, view.world)
        if view.covers(passage.entered)
    ]


def of_classes(*classes: str) -> Part:
    """The passages entered in the window of which one of these has become."""

    def part(view: View) -> list[Line]:
        limit = usual_lengths(view, view.as_of)
        return [
            line(passage.deal, passage.stage, passage.entered, view, 1)
            for passage in entered(view)
            if class_of(passage, view, limit) in classes
        ]

    return part


def outcomes(view: View) -> list[Line]:
    """Passages by what their deals are at T: won, lost or open; what is no loss is left out."""
    lines = []
    for passage in entered(view):
        close = deals.close_at(passage.deal, view.as_of, view.world)
        outcome = close[0] if close else "open"
        if outcome != "lost" or is_a_loss(passage.deal, view):
            lines.append(line(passage.deal, passage.stage, passage.entered, view, outcome))
    return lines


def times(view: View) -> list[Line]:
    """A deal's time in a stage, all visits together, and whether it has left."""
    lines, settings = [], view.world.settings
    for deal in deals.visible(view):
        of_stage: dict[str, list[Visit]] = defaultdict(list)
        for visit in visits(deal, view.as_of, view.world):
            of_stage[visit.stage].append(visit)
        for stage, made in of_stage.items():
            ends = [Moment(view.as_of) if visit.is_present else visit.left for visit in made]
            if not view.covers(made[0].entered) or None in ends:
                continue
            spent = sum(
                length(visit.entered, end, settings)
                for visit, end in zip(made, ends, strict=True)
                if end is not None
            )
            lines.append(line(deal, stage, made[0].entered, view, (spent, not made[-1].is_present)))
    return lines


def losses(view: View) -> list[Line]:
    """What deals were worth when they were lost, by the last stage in which they stood open."""
    lines = []
    for deal, close in closes(view, "lost"):
        at = deals.seen_at(close, view)
        owner = deals.owner_at(deal, at, view.world)
        stage = _left_from(deal, close, view)
        amount = close_amount(deal, close, view)
        lines.append(Line(amount, deals.described(deal, owner, close, stage, view)))
    return lines


def _known_losses(view: View) -> list[Line]:
    return [one for one in losses(view) if one.value is not None]


def _left_from(deal: Opportunity, close: Moment | None, view: View) -> str | None:
    if deals.visits(deal, view.world):
        visit = last_stage(visits(deal, view.as_of, view.world), close, view)
        return visit.stage if visit else None
    declared = deals.stage_row(deal.stage, deal, view.world)
    return None if declared and declared.kind in deals.CLOSED else deal.stage


def _median_of_cases(lines: list[Line]) -> Any:
    return censored_median(one.value for one in lines)


def _share(outcome: str) -> Callable[[list[Line]], Any]:
    def fold(lines: list[Line]) -> Any:
        return divided(sum(one.value == outcome for one in lines), count(lines))

    return fold


def _number(outcome: str) -> Callable[[list[Line]], Any]:
    return lambda lines: sum(one.value == outcome for one in lines)


KPIS: dict[str, Kpi] = {
    "stage_conversion": ratio(of_classes("advanced"), of_classes(*LEFT)),
    "leak_rate": ratio(of_classes("lost", "disqualified", "stalled"), of_classes(*LEFT, "stalled")),
    "leak_rate.entered": counted(of_classes(*CLASSES)),
    **{f"leak_rate.{each}": counted(of_classes(each)) for each in CLASSES},
    "stage_win_rate": Kpi(_share("won"), (outcomes,)),
    "stage_win_rate.open": Kpi(_number("open"), (outcomes,)),
    "leaked_value": summed(losses),
    "leaked_value.deals": counted(_known_losses),
    "time_in_stage": Kpi(_median_of_cases, (times,)),
    "stalled_deals": counted(stalled_deals),
}
