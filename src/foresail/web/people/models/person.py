"""Somebody who may come in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone

from foresail.web.people.rights import RIGHTS, Right, Role

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from foresail.web.people.models.share_link import ShareLink
    from foresail.web.people.models.token import Token


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

    if TYPE_CHECKING:
        tokens: RelatedManager[Token]
        sharelinks: RelatedManager[ShareLink]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[Persons] = Persons()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name that people read."""
        return str(self)

    @property
    def rights(self) -> frozenset[Right]:
        """What the role allows; nothing to somebody who may not come in."""
        return RIGHTS.get(self.role, frozenset()) if self.is_active else frozenset()

    def may(self, right: Right) -> bool:
        """Whether the role allows something."""
        return right in self.rights

    @property
    def is_last_admin(self) -> bool:
        """Whether nobody could let people in any more without this person."""
        others = Person.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=self.pk)
        return self.role == Role.ADMIN and self.is_active and not others.exists()

    def close_every_door(self) -> None:
        """End the sessions, and take back tokens and share links: coming back opens none anew."""
        self.end_sessions()
        now = timezone.now()
        self.tokens.filter(revoked_at=None).update(revoked_at=now)
        self.sharelinks.filter(revoked_at=None).update(revoked_at=now)

    def end_sessions(self) -> None:
        """Sign this person out wherever they are signed in."""
        from allauth.usersessions.models import UserSession

        for session in UserSession.objects.filter(user_id=self.pk):
            session.end()
