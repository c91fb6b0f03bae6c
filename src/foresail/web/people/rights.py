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

    SEE_NUMBERS = "see numbers"
    SEE_RECORDS = "see records"
    EXPORT = "take records and tables out as files"
    LOAD = "load data, and see what was loaded"
    SHARE = "share pages with people who have no account"
    MANAGE_PEOPLE = "invite people, change their roles, see the audit log"
    HOLD_TALKS = "hold 1-on-1s with those who stand below you"
    CHANGE_SETTINGS = "change the settings of the organisation"


class Audience(Enum):
    """Whom a view is for, where that is no matter of a role."""

    ANYONE = "anyone, signed in or not"
    SIGNED_IN = "everybody who is signed in"
    READERS = "everybody who is signed in, and whoever has a share link to it"
    API = "whoever shows a token or is signed in; each operation names its right"


READING = frozenset({Right.SEE_NUMBERS, Right.SEE_RECORDS, Right.EXPORT})

RIGHTS: dict[str, frozenset[Right]] = {
    Role.ADMIN: frozenset(Right),
    Role.ANALYST: READING | {Right.LOAD, Right.SHARE},
    Role.MANAGER: READING | {Right.SHARE, Right.HOLD_TALKS},
    Role.REP: READING,
    Role.VIEWER: frozenset({Right.SEE_NUMBERS}),
}

MEANINGS: dict[str, str] = {
    Role.ADMIN: "Sees everything, and decides who comes in.",
    Role.ANALYST: "Sees everything, and loads data.",
    Role.MANAGER: "Sees the records of the own team, and of the teams below it.",
    Role.REP: "Sees the own records, and the sums of the own team.",
    Role.VIEWER: "Sees sums of teams, and nobody's records.",
}


class Grant(models.TextChoices):
    """What a token may do of that which its person may."""

    NUMBERS = "numbers", "Read KPIs"
    RECORDS = "records", "Read records"
    LOAD = "load", "Load data"
    EVERYTHING = "everything", "Everything that I may"


GRANTED: dict[str, frozenset[Right]] = {
    Grant.NUMBERS: frozenset({Right.SEE_NUMBERS}),
    Grant.RECORDS: READING,
    Grant.LOAD: frozenset({Right.LOAD}),
    Grant.EVERYTHING: frozenset(Right),
}
