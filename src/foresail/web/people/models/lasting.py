"""Secrets that open something for a time, in the name of a person."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils import timezone

from foresail.web.people.models.person import Person
from foresail.web.people.models.secret import Secret

NOTICED_AFTER = dt.timedelta(minutes=1)


class Lasting(Secret):
    """Opens as often as it is used, until it expires, is revoked, or its person is kept out."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="%(class)ss")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)

    LONGEST: ClassVar[dt.timedelta]

    class Meta(Secret.Meta):
        """Each kind has a table of its own."""

        abstract = True

    def check_end(self) -> None:
        """Errors: `ValueError` when it would never end, or was over before it began."""
        if not self.made_at < self.expires_at <= self.made_at + self.LONGEST:
            raise ValueError(f"It ends within {self.LONGEST.days} days.")

    @property
    def is_open(self) -> bool:
        """Whether it was not revoked, has not expired, and its person may come in."""
        return self.revoked_at is None and not self.has_expired and self.person.is_active

    @property
    def has_expired(self) -> bool:
        """Whether its time is over."""
        return timezone.now() >= self.expires_at

    def use(self) -> bool:
        """Remember when it was used last, to the minute; whether this is a new use."""
        now = timezone.now()
        if self.last_used_at is not None and now - self.last_used_at <= NOTICED_AFTER:
            return False
        self.last_used_at = now
        self.save(update_fields=["last_used_at"])
        return True

    def revoke(self) -> None:
        """Close it for good."""
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])
