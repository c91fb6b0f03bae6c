"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People, invitations and the audit log."""

    name = "foresail.web.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Write log-ins down from now on, and notice whatever is changed."""
        from foresail.web.people import audit
        from foresail.web.unchanged import watch_accounts

        audit.connect()
        watch_accounts()
