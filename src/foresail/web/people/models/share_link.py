"""Links by which somebody without an account sees one page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models

from foresail.web.people.models.lasting import Lasting


class ShareLink(Lasting):
    """Shows one page, as its person sees it, to whoever has the link."""

    LONGEST = dt.timedelta(days=365)

    page = models.CharField(max_length=4000)

    def __str__(self) -> str:
        return self.page

    def save(self, *args: Any, **options: Any) -> None:
        """Keep it; refuse one that has no end, or leads to another site."""
        self.check_end()
        if not self.page.startswith("/") or self.page.startswith("//"):
            raise ValueError("A share link leads to a page of this site.")
        super().save(*args, **options)
