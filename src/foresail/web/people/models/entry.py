"""The audit log. The database itself refuses to change or remove a line (see the migrations)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone


class Entry(models.Model):
    """One line of the audit log. Lines are added, never changed and never removed."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    who = models.CharField(max_length=254, blank=True, db_index=True)
    what = models.CharField(max_length=60, db_index=True)
    detail = models.CharField(max_length=1000, blank=True)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        """The latest first."""

        ordering: ClassVar[list[str]] = ["-at", "-id"]

    def save(self, *args: Any, **options: Any) -> None:
        """Add the line; refuse to change one."""
        if self.pk is not None:
            raise TypeError("A line of the audit log cannot be changed.")
        super().save(*args, **options)

    def delete(self, *_: Any, **__: Any) -> Any:
        """Refuse to remove a line."""
        raise TypeError("A line of the audit log cannot be removed.")
