"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class TalksConfig(AppConfig):
    """1-on-1s and what was agreed in them."""

    name = "foresail.web.talks"
    label = "talks"
    default_auto_field = "django.db.models.BigAutoField"
