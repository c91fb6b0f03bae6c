"""What the settings were when the site was started last, to tell what has changed since."""

from __future__ import annotations

from django.db import models


class KnownSetting(models.Model):
    """One setting as it was last known."""

    name = models.CharField(max_length=300, unique=True)
    value = models.JSONField(null=True)
