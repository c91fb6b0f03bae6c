"""1-on-1s and what was agreed in them."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils import timezone

from foresail.web.people.models import Person

NOTE_LENGTH = 10_000
ACTION_LENGTH = 300


class Talk(models.Model):
    """One talk of a manager with a rep. The rep reads the note only where it is shared."""

    rep_id = models.CharField(max_length=200, db_index=True)
    day = models.DateField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="talks")
    made_at = models.DateTimeField(default=timezone.now)
    note = models.TextField(max_length=NOTE_LENGTH, blank=True)
    is_shared = models.BooleanField(default=True)

    actions: models.Manager[Action]

    class Meta:
        """The latest first."""

        ordering: ClassVar[list[str]] = ["-day", "-id"]

    def __str__(self) -> str:
        return f"1-on-1 of {self.day}"

    def is_open(self, today: dt.date) -> bool:
        """Whether its note can still be changed: on the day on which it was written."""
        return timezone.localdate(self.made_at) == today


class Action(models.Model):
    """Something agreed in a talk, for both to see."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="actions")
    what = models.CharField(max_length=ACTION_LENGTH)
    kpi = models.CharField(max_length=100, blank=True)
    due = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """What is due first comes first."""

        ordering: ClassVar[list[str]] = ["due", "id"]

    def __str__(self) -> str:
        return self.what
