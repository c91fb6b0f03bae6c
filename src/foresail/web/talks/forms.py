"""The forms of talks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from foresail.web.talks.models import ACTION_LENGTH, NOTE_LENGTH

EARLIEST = dt.timedelta(days=366)
LATEST = dt.timedelta(days=3 * 366)


def _date(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


class TalkForm(forms.Form):
    """A talk."""

    day = _date("Day of the talk")
    note = forms.CharField(
        label="Note",
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    is_shared = forms.BooleanField(label="The rep may read this note", required=False)

    def clean_day(self) -> dt.date:
        """A day of the last year, today at the latest."""
        day: dt.date = self.cleaned_data["day"]
        today = timezone.localdate()
        if not today - EARLIEST <= day <= today:
            raise forms.ValidationError("Choose a day of the last year, today at the latest.")
        return day


class ActionForm(forms.Form):
    """Something agreed."""

    what = forms.CharField(label="Agreed", max_length=ACTION_LENGTH)
    kpi = forms.ChoiceField(label="Shows in", required=False)
    due = _date("Due")

    def __init__(self, *args: Any, kpis: list[tuple[str, str]], **options: Any):
        super().__init__(*args, **options)
        self.fields["kpi"].choices = [("", "No KPI"), *kpis]  # type: ignore[attr-defined]

    def clean_due(self) -> dt.date:
        """A day from today on, within three years."""
        due: dt.date = self.cleaned_data["due"]
        today = timezone.localdate()
        if not today <= due <= today + LATEST:
            raise forms.ValidationError("Choose a day from today on, within three years.")
        return due
