"""Roles, and what each may do. What of the numbers they see is the scope's matter, not theirs."""

from __future__ import annotations

from enum import Enum

from django.db import models


class Role(models.TextChoices):
    """What somebody is here."""

    ADMIN = "admin", "Admin"
    ANALYST = "analyst", "Analyst"
    MANAGER = "manager", "Manager"
    REP = "rep", "Rep"
    VIEWER = "viewer", "Viewer"


class Right(Enum):
    """Something that not everybody may do."""

    EXPORT = "take records and tables out as files"
    LOAD = "load data, and see what was loaded"
    MANAGE_PEOPLE = "invite people, change their roles, see the audit log"
    CHANGE_SETTINGS = "change the settings of the organisation"


RIGHTS: dict[str, frozenset[Right]] = {
    Role.ADMIN: frozenset(Right),
    Role.ANALYST: frozenset({Right.EXPORT, Right.LOAD}),
    Role.MANAGER: frozenset({Right.EXPORT}),
    Role.REP: frozenset({Right.EXPORT}),
    Role.VIEWER: frozenset(),
}

MEANINGS: dict[str, str] = {
    Role.ADMIN: "Sees everything, and decides who comes in.",
    Role.ANALYST: "Sees everything, and loads data.",
    Role.MANAGER: "Sees the records of the own team, and of the teams below it.",
    Role.REP: "Sees the own records, and the sums of the own team.",
    Role.VIEWER: "Sees sums of teams, and nobody's records.",
}
