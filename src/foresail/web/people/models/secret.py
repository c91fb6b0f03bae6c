"""Things that open by a secret: it is shown once, and only its hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone


def hash_of(secret: str) -> str:
    """What is kept of a secret; they are long and random, so one round is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Secret(models.Model):
    """A way in for whoever knows a secret of 256 random bits."""

    PREFIX: ClassVar[str] = ""

    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        """The latest first."""

        abstract = True
        ordering: ClassVar[list[str]] = ["-made_at", "-id"]

    @classmethod
    def make(cls, **fields: Any) -> tuple[Self, str]:
        """A new one and its secret."""
        secret = cls.PREFIX + secrets.token_urlsafe(32)
        made = cls(secret_hash=hash_of(secret), **fields)
        made.save()
        return made, secret

    @classmethod
    def of(cls, secret: str) -> Self | None:
        """What a secret opens, while it does."""
        found = cls._default_manager.filter(secret_hash=hash_of(secret)).first()
        return found if found is not None and found.is_open else None

    @property
    def is_open(self) -> bool:
        """Whether it still lets anybody in."""
        raise NotImplementedError
