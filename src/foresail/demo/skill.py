"""What each rep is truly good at: by seniority, talent and chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foresail.demo.arrays import Floats, Ints, Random

ROLES = ("sdr", "ae", "am")
SDR, AE, AM = range(3)
SENIORITIES = ("junior", "mid", "senior", "lead")


@dataclass(frozen=True)
class Skill:
    """What each rep is truly like; steps are on the log-odds scale around the average rep, 0."""

    diligence: Floats
    """Leads started in a day, relative to the average rep."""
    connect: Floats
    """Calls being answered."""
    qualify: Floats
    """Leads qualifying."""
    win: Floats
    """Deals being won."""
    minutes_to_answer: Floats
    """Median minutes to the first answer, after the lead is assigned, in working hours."""
    persistence: Floats
    """Contacts before giving up, relative to the average rep."""
    keeps_meetings: Floats
    """Meetings taking place as booked."""
    links: Floats
    """Share of follow-up mails with an asset."""
    social: Floats
    """Share of contacts through social networks."""
    leaks_at: Ints
    """The stage at which the rep loses more deals than others."""


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
        social=np.clip(0.05 + 0.035 * seniority + random.normal(0, 0.025, n), 0.005, 0.25),
        leaks_at=random.integers(0, 4, n),
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
