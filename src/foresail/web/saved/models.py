"""Views under a name, and the one that a person begins with."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower

from foresail.web.people.models import Person

NAME_LENGTH = 120
PAGE_LENGTH = 4000


class SavedView(models.Model):
    """The address of a page with its question. It holds no numbers and nobody's scope.

    Whoever opens it sees the page in a scope of their own. Where it `is_shared` everybody finds it;
    only its owner changes it.
    """

    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="views")
    name = models.CharField(max_length=NAME_LENGTH)
    about = models.CharField(max_length=300, blank=True)
    page = models.CharField(max_length=PAGE_LENGTH)
    is_shared = models.BooleanField(default=False)

    class Meta:
        """By name; nobody has two of the same."""

        ordering: ClassVar[list[str | Combinable]] = [Lower("name"), "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "name"], name="own_names_differ")
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def seen_by(cls, person: Person) -> models.QuerySet[SavedView]:
        """Those of a person, and those that are shared with everybody."""
        found = cls.objects.filter(models.Q(owner=person) | models.Q(is_shared=True))
        return found.select_related("owner")


class Start(models.Model):
    """The view that a person begins with, in place of the usual page."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="start")
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="starts")
