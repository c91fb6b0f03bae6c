"""The one view behind every page: asks for the sheet, and gives it in the form that is wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from foresail.core.errors import QuestionError
from foresail.web.codes import spoken
from foresail.web.live.news import NEWS
from foresail.web.pages import page
from foresail.web.people.guard import needs
from foresail.web.people.rights import Audience, Right
from foresail.web.question import DEFAULT_PERIOD, NO_COMPARISON
from foresail.web.sheets.blocks import Sheet
from foresail.web.sheets.controls import controls
from foresail.web.sheets.desk import Desk
from foresail.web.sheets.forms import FORMS, in_form
from foresail.web.unchanged import unless_unchanged

TEMPLATE = "sheets/sheet.html"
LIVE = "sheet"
"""The id of what asks again by itself when data arrive: no step that leads back."""
COUNT = re.compile(r": ([\d,]+)\.$")
"""How a note ends that counts something."""
Make = Callable[..., Sheet]


def sheet_view(
    name: str,
    make: Make,
    right: Right | Audience = Audience.READERS,
    *,
    period: str = DEFAULT_PERIOD,
    compare: str = NO_COMPARISON,
    template: str = TEMPLATE,
    is_tagged: bool = True,
) -> Callable[..., HttpResponse]:
    """A view for the page of that name in the site map, for those who have a right.

    `make(desk, **arguments)` gives its sheet; `arguments` are those of the address;
    `period` is asked about, and compared with `compare`, where it says none; `template`
    draws it. A page that shows more than data, settings and accounts tell is not `is_tagged`:
    whether it is unchanged cannot be known. A question that cannot be asked is said on the page,
    below its controls, so that it can be mended there.
    """

    @require_safe
    def view(request: HttpRequest, **arguments: Any) -> HttpResponse:
        wanted = request.GET.get("format", "")
        form = wanted if wanted in FORMS else ""
        desk = Desk(request, name, arguments, period=period, compare=compare, form=form)
        with timezone.override(desk.settings.tzinfo):
            if form:
                return in_form(desk, make(desk, **arguments), form)
            return _shown(desk, make, arguments, template)

    found: Any = needs(right)(unless_unchanged(view) if is_tagged else view)
    found.__name__ = name
    found.__doc__ = make.__doc__
    found.page = name  # what can be saved as a view
    return cast("Callable[..., HttpResponse]", found)


def _shown(desk: Desk, make: Make, arguments: dict[str, Any], template: str) -> HttpResponse:
    status, error, state = 200, "", NEWS.state
    try:
        sheet = make(desk, **arguments)
    except QuestionError as refused:
        status, error = 400, str(refused)
        sheet = Sheet(desk.page.replace("_", " ").capitalize(), ())
    context = {
        "sheet": sheet,
        "desk": desk,
        "controls": controls(desk, sheet),
        "error": error,
        "is_empty": sheet.needs_data and desk.project.is_empty,
        "state": state,
        "basis": desk.basis,
        "as_of": desk.answers[0].as_of if desk.answers else None,
        "notes": notes(desk),
        "here": desk.url(),
        "forms": {form: desk.url(format=form) for form in ("xlsx", "pdf")},
    }
    response = page(desk.request, template, context, part="sheet", status=status)
    htmx = getattr(desk.request, "htmx", None)
    if desk.request.method == "GET" and htmx and htmx.trigger != LIVE:
        response["HX-Push-Url"] = desk.url()
    return response


def notes(desk: Desk) -> tuple[str, ...]:
    """What must be said of the numbers of a page, most important first.

    Questions about several periods say the same with several counts: the largest is said.
    """
    found: dict[str, tuple[int, str]] = {}
    for note in dict.fromkeys(note for each in desk.answers for note in each.notes):
        count = COUNT.search(note)
        number = int(count[1].replace(",", "")) if count else 0
        about = COUNT.sub("", note)
        found[about] = max(found.get(about, (0, "")), (number, note))
    return spoken_notes(desk, (note for _, note in found.values()))


def spoken_notes(desk: Desk, notes: Iterable[str]) -> tuple[str, ...]:
    """Notes with the names of KPIs and settings as people read them."""
    labels = {kpi: each.label for kpi, each in desk.kpis.items()}
    return tuple(spoken(note, labels) for note in notes)
