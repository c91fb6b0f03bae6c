"""People, invitations, and the log of what was done."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone

from foresail.web.people.rights import RIGHTS, Right, Role

INVITED_FOR = dt.timedelta(days=7)


class Persons(BaseUserManager["Person"]):
    """Finds and makes people by their mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A person who may come in."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """An admin."""
        return self.create_user(email, password, role=Role.ADMIN, **fields)


class Person(AbstractUser):
    """Somebody who may come in. `rep_id` is who they are in the data, if anybody."""

    username = None  # type: ignore[assignment]  # people are known by their mail address
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=20, choices=Role, default=Role.VIEWER)
    rep_id = models.CharField(max_length=200, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[Persons] = Persons()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name that people read."""
        return str(self)

    def may(self, right: Right) -> bool:
        """Whether the role allows something."""
        return self.is_active and right in RIGHTS.get(self.role, frozenset())


class Invitation(models.Model):
    """A way in for one person; its secret is shown once, and kept as a hash."""

    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role, default=Role.REP)
    rep_id = models.CharField(max_length=200, blank=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The latest first."""

        ordering: ClassVar[list[str]] = ["-made_at"]

    @classmethod
    def make(cls, made_by: Person, **fields: Any) -> tuple[Invitation, str]:
        """An invitation and its secret."""
        secret = secrets.token_urlsafe(32)
        return cls.objects.create(made_by=made_by, secret_hash=hash_of(secret), **fields), secret

    @classmethod
    def of(cls, secret: str) -> Invitation | None:
        """The invitation that a secret still opens."""
        found = cls.objects.filter(secret_hash=hash_of(secret), used_at=None).first()
        return found if found and found.is_open else None

    @property
    def is_open(self) -> bool:
        """Whether it can still be used."""
        return self.used_at is None and timezone.now() < self.made_at + INVITED_FOR


class Entry(models.Model):
    """One line of the audit log. Lines are added, never changed and never removed."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    who = models.CharField(max_length=254, blank=True)
    what = models.CharField(max_length=60)
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


def hash_of(secret: str) -> str:
    """What is kept of a secret; they are long and random, so one round is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
