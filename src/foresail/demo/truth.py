"""What is really at work, written beside the data as TOML."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from foresail.demo import names
from foresail.demo.causes import Causes, meanings
from foresail.demo.deals import STAGES
from foresail.demo.dirt import Dirt
from foresail.demo.skill import ROLES, Skill
from foresail.demo.story import Story

HEAD = """\
# What is really at work in the simulated organisation, to hold against what is found in the data.
# Effects are on the log-odds scale unless they say otherwise. Skills of steps (connect, qualify,
# win, keeps_meetings) are on it too, around the average rep, 0; diligence and persistence are
# factors around 1. Satisfaction and attention differ between customers: around 0, the spread is 1.
#
# A customer makes a success of the product who exports two reports a month (the settings say so).
# That and all other use follows from satisfaction, differs by chance between customers, and dies
# away in the last weeks before leaving. Leaving, renewing, scores in surveys and more or fewer
# seats follow from satisfaction; renewing also from the work done on the customer, and from the
# win skill of whoever looks after it (0.4 of it). Prices change with seats, on each 1 January, and
# at renewals by chance. Costs go with the number of reps and the season, not with results.
"""


def truth(story: Story, seed: int, dirt: Sequence[Dirt]) -> str:
    """The causes: effects, bad rows, each rep's true skill."""
    clock, people = story.clock, story.people
    lines = [
        HEAD,
        f"seed = {seed}",
        f"start = {clock.start.isoformat()}",
        f"until = {clock.until.isoformat()}",
        "",
        "[effects]",
        *_explained(Causes, {name: getattr(story.causes, name) for name in meanings(Causes)}),
        "",
        "# What the numbers of each [[rep]] mean:",
        *(f"# {name}: {meaning}" for name, meaning in meanings(Skill).items()),
    ]
    for bad in dirt:
        lines += ["", "[[dirt]]", *(f"{key} = {json.dumps(value)}" for key, value in _told(bad))]
    for rep, name in enumerate(people.names):
        lines += ["", "[[rep]]", f'rep_id = "R{rep + 1}"', f'name = "{name}"']
        lines += [f'role = "{ROLES[people.role[rep]]}"', *_skill_lines(people.skill, rep)]
    return "\n".join([*lines, ""])


def _explained(of: type, values: dict[str, float]) -> Iterable[str]:
    for name, meaning in meanings(of).items():
        yield f"{name} = {values[name]}  # {meaning}"


def _told(bad: Dirt) -> list[tuple[str, Any]]:
    return [(field.name, getattr(bad, field.name)) for field in fields(bad)]


def _skill_lines(skill: Skill, rep: int) -> Iterable[str]:
    for field in fields(Skill):
        value = getattr(skill, field.name)[rep]
        if field.name == "leaks_at":
            told = json.dumps([stages[int(value)] for stages in STAGES])
        elif field.name == "loses_by":
            told = json.dumps(names.LOST_REASONS[int(value)])
        else:
            told = str(round(float(value), 4))
        yield f"{field.name} = {told}"
