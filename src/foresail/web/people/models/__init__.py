"""What the database keeps: people, their ways in, and the log of what was done."""

from __future__ import annotations

from foresail.web.people.models.entry import Entry
from foresail.web.people.models.known import KnownSetting
from foresail.web.people.models.person import Person
from foresail.web.people.models.secret import Secret, hash_of
from foresail.web.people.models.share_link import ShareLink
from foresail.web.people.models.token import Token
from foresail.web.people.models.way_in import Invitation, PasswordLink

__all__ = [
    "Entry",
    "Invitation",
    "KnownSetting",
    "PasswordLink",
    "Person",
    "Secret",
    "ShareLink",
    "Token",
    "hash_of",
]
