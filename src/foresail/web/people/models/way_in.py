"""Links that let one person in once."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils import timezone

from foresail.web.people.models.person import Person
from foresail.web.people.models.secret import Secret
from foresail.web.people.rights import Role


class WayIn(Secret):
    """A link that an admin makes, and that opens once."""

    VALID: ClassVar[dt.timedelta]

    made_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta(Secret.Meta):
        """Each kind has a table of its own."""

        abstract = True

    @property
    def is_open(self) -> bool:
        """Whether it was not used, and is not too old."""
        return self.used_at is None and timezone.now() < self.made_at + self.VALID

    def use(self) -> None:
        """Close it for good."""
        self.used_at = timezone.now()
        self.save(update_fields=["used_at"])


class Invitation(WayIn):
    """Lets somebody in who is not here yet, as what the admin says."""

    VALID = dt.timedelta(days=7)

    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role, default=Role.REP)
    rep_id = models.CharField(max_length=200, blank=True)


class PasswordLink(WayIn):
    """Lets somebody choose a new password who forgot the old one."""

    VALID = dt.timedelta(days=1)

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="password_links")

    @property
    def is_open(self) -> bool:
        """Whether it was not used, is not too old, and the person may come in."""
        return super().is_open and self.person.is_active
