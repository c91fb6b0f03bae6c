"""What each rep is truly good at: by seniority, talent and chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from foresail.demo import names
from foresail.demo.arrays import Floats, Ints, Random

ROLES = ("sdr", "ae", "am")
SDR, AE, AM = range(3)
SENIORITIES = ("junior", "mid", "senior", "lead")


@dataclass(frozen=True)
class Skill:
    """What each rep is truly like; steps are on the log-odds scale around the average rep, 0."""

    diligence: Annotated[Floats, "Leads started in a day, relative to the average rep."]
    connect: Annotated[Floats, "Calls being answered."]
    qualify: Annotated[Floats, "Leads qualifying."]
    win: Annotated[Floats, "Deals being won."]
    minutes_to_answer: Annotated[
        Floats,
        "Median minutes to the first answer, after the lead is assigned, in working hours.",
    ]
    persistence: Annotated[Floats, "Contacts before giving up, relative to the average rep."]
    keeps_meetings: Annotated[Floats, "Meetings taking place as booked."]
    links: Annotated[Floats, "Share of follow-up mails with an asset."]
    tailors: Annotated[Floats, "Share of assets that are chosen to fit the lead's segment."]
    social: Annotated[Floats, "Share of contacts through social networks."]
    leaks_at: Annotated[
        Ints,
        "The stage at which the rep loses more deals than others, by pipeline.",
    ]
    loses_by: Annotated[Ints, "The reason that the rep's lost deals have more often than others'."]


def make_skill(random: Random, role: Ints, seniority: Ints) -> Skill:
    """Draw the skills of all reps."""
    n = len(role)
    level = (seniority - 1) * 0.5
    talent = random.normal(0, 0.45, n)
    step = {name: random.normal(0, 0.75, n) for name in ("diligence", "connect", "qualify", "win")}
    _add_characters(role, talent, step)
    return Skill(
        diligence=np.exp(0.16 * step["diligence"] + 0.05 * talent),
        connect=0.16 * level + 0.1 * talent + 0.2 * step["connect"],
        qualify=0.16 * level + 0.18 * talent + 0.3 * step["qualify"],
        win=0.26 * level + 0.28 * talent + 0.36 * step["win"],
        minutes_to_answer=38 * np.exp(random.normal(0, 0.8, n) - 0.3 * talent),
        persistence=np.exp(random.normal(0, 0.28, n) + 0.12 * talent),
        keeps_meetings=random.normal(0, 0.35, n),
        links=np.clip(random.beta(1.3, 3.2, n), 0.02, 0.8),
        tailors=np.clip(random.beta(2.2, 2.0, n), 0.05, 0.95),
        social=np.clip(0.05 + 0.035 * seniority + random.normal(0, 0.025, n), 0.005, 0.25),
        leaks_at=random.integers(0, 4, n),
        loses_by=random.integers(0, len(names.LOST_REASONS), n),
    )


def _add_characters(role: Ints, talent: Floats, step: dict[str, Floats]) -> None:
    """Make a star, a struggler, a good opener who cannot close, and a closer who cannot open."""
    closers = np.flatnonzero(role == AE)
    if len(closers) < 4:
        return
    star, weak, opener, closer = closers[[1, -1, len(closers) // 2, 0]]
    talent[star], talent[weak] = 1.3, -1.1
    step["win"][star], step["win"][weak] = 1.3, -1.2
    step["diligence"][opener], step["qualify"][opener], step["win"][opener] = 1.5, 1.5, -1.3
    step["diligence"][closer], step["qualify"][closer], step["win"][closer] = -1.4, -0.8, 1.5
