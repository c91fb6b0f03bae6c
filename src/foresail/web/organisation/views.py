"""Settings: shown, checked, their effects told, and written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from foresail.core.errors import ProjectError
from foresail.facts.making.fitting import fingerprint
from foresail.project.configuring import Change, Document, changes_between
from foresail.warehouse import Settings
from foresail.warehouse.settings import WEEKDAYS
from foresail.web.current import current_project
from foresail.web.organisation.fields import field_of, groups, initial, written
from foresail.web.pages import page
from foresail.web.people.audit import note
from foresail.web.people.guard import needs
from foresail.web.people.rights import Right
from foresail.web.renewing import take_over

PARTS = ("kpi", "benchmarks")
OWN = "own"
NO_NUMBER = ("name", "privacy.", "loading.", "links.", "hidden", "web.", "warehouse.")
"""What decides over no number: names, who sees what, what a load may take."""


class SettingsForm(forms.Form):
    """All settings that can be changed here; what they mean together is checked by the project."""

    def __init__(self, data: Any, document: Document):
        now = document.settings
        begin = {each.name: initial(each, now) for _, own in groups() for each in own}
        super().__init__(data, initial={**begin, OWN: document.part(*PARTS)})
        for _, own in groups():
            for each in own:
                self.fields[each.name] = field_of(each)
        self.fields[OWN] = forms.CharField(
            required=False,
            max_length=100_000,
            label="Own KPIs and benchmarks, as TOML",
            widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        )
        self.document = document

    @property
    def sections(self) -> list[tuple[str, list[Any]]]:
        """The fields, group by group."""
        return [(label, [self[each.name] for each in own]) for label, own in groups() if own]

    def wanted(self) -> Document:
        """The file as the form wants it.

        Errors: `ProjectError` when the own KPIs cannot be read.
        """
        given = self.cleaned_data
        changes = {
            each.place: written(each, given[each.name])
            for _, own in groups()
            for each in own
            if each.name in self.changed_data
        }
        if any(place[0] == "working_hours" for place in changes):
            hours = {day: given[f"working_hours.{day}"] for day in WEEKDAYS}
            changes = {place: v for place, v in changes.items() if place[0] != "working_hours"}
            changes |= {("working_hours", day): hours[day] or None for day in WEEKDAYS}
        found = self.document.changed(changes)
        return found.with_parts(given[OWN], PARTS) if OWN in self.changed_data else found


@needs(Right.CHANGE_SETTINGS)
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """The settings; changes are first shown with what they move, then written."""
    document = Document.read(current_project().directory)
    form = SettingsForm(request.POST or None, document)
    seen = request.POST.get("seen", document.mark)
    context: dict[str, Any] = {"form": form, "seen": seen}
    if request.method == "GET" or not form.is_valid():
        return page(request, "organisation/settings.html", context)
    try:
        wanted = form.wanted()
        before, after = document.settings, wanted.settings
        changes = changes_between(before, after)
        if request.POST.get("act") == "save" and changes:
            wanted.write(seen)
            return _taken_over(request, changes, after)
    except ProjectError as refused:
        context["error"] = _without_folder(str(refused), document)
        return page(request, "organisation/settings.html", context)
    if not changes:
        messages.info(request, "Nothing is changed.")
    context |= {
        "changes": changes,
        "is_moving": [each.name for each in changes if not each.name.startswith(NO_NUMBER)],
        "is_renewed": fingerprint(before) != fingerprint(after),
    }
    return page(request, "organisation/settings.html", context)


def _taken_over(request: HttpRequest, changes: list[Change], after: Settings) -> HttpResponse:
    for each in changes:
        note(request, "changed a setting", f"{each.name}: {each.before} → {each.after}")
    is_made_anew = take_over(after) is not None
    count = "1 setting is" if len(changes) == 1 else f"{len(changes)} settings are"
    later = " All numbers are being worked out anew." if is_made_anew else ""
    messages.success(request, f"{count} changed.{later}")
    return redirect("settings")


def _without_folder(text: str, document: Document) -> str:
    """A message without the machine's folders."""
    return text.replace(f"{document.directory}/", "")
