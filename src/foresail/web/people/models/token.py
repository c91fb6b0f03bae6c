"""Tokens of the API: a program acts as its person, and never as more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models

from foresail.web.people.models.lasting import Lasting
from foresail.web.people.rights import GRANTED, Grant, Right


def labels(grants: Iterable[str]) -> str:
    """Grants as people read them.

    >>> labels(["numbers", "load"])
    'Read KPIs, Load data'
    """
    return ", ".join(str(Grant(each).label) for each in grants)


class Token(Lasting):
    """What a program shows to act for a person."""

    PREFIX: ClassVar[str] = "foresail_"
    LONGEST = dt.timedelta(days=365)

    name = models.CharField(max_length=100)
    grants = models.JSONField(default=list)

    def save(self, *args: Any, **options: Any) -> None:
        """Keep it; refuse one that has no end or grants nothing."""
        self.check_end()
        if not self.grants or set(self.grants) - set(Grant.values):
            raise ValueError("A token grants something that exists.")
        super().save(*args, **options)

    @property
    def granted(self) -> str:
        """What it grants, as people read it."""
        return labels(self.grants)

    @property
    def rights(self) -> frozenset[Right]:
        """What it grants of that which its person may now."""
        return frozenset[Right]().union(*map(GRANTED.__getitem__, self.grants)) & self.person.rights
