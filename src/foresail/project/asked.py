"""Every table that a question may bring with it, by the columns it has."""

from __future__ import annotations

from foresail.engine import asked, cut, sight, wanted
from foresail.project.flows.stretch import STRETCH, STRETCH_TABLE

SCHEMAS = {
    **asked.SCHEMAS,
    sight.PEOPLE_TABLE: sight.STRETCHES,
    sight.TEAM_TABLE: sight.TEAMS,
    cut.NAMES: cut.NAMED,
    wanted.VALUE_TABLE: wanted.VALUES,
    STRETCH_TABLE: STRETCH,
}
