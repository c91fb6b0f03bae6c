"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SavedConfig(AppConfig):
    """Saved views."""

    name = "foresail.web.saved"
    label = "saved"
    default_auto_field = "django.db.models.BigAutoField"
