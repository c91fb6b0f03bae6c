"""The site map."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from foresail.web.catalogue import views as catalogue
from foresail.web.people.guard import signed_in
from foresail.web.records import views as records
from foresail.web.results.page import results
from foresail.web.scoreboard.page import scoreboard
from foresail.web.sheets.filters import filters
from foresail.web.sheets.view import sheet_view

urlpatterns: list[URLPattern | URLResolver] = [
    path("", signed_in(RedirectView.as_view(pattern_name="scoreboard")), name="start"),
    # /accounts/
    path("accounts/", include("foresail.web.people.sign_in_urls")),
    # /account/, /people/, /share/ and the ways in
    path("", include("foresail.web.people.urls")),
    # /scoreboard/
    path("scoreboard/", sheet_view("scoreboard", scoreboard), name="scoreboard"),
    path("results/", sheet_view("results", results), name="results"),
    path("filters/", filters, name="filters"),
    # /records/<kpi>/
    path("records/<slug:kpi>/", records.records, name="records"),
    path("records/<slug:kpi>/records.csv", records.records_csv, name="records_csv"),
    # /kpi/<kpi>/
    path("kpi/<slug:kpi>/", catalogue.definition, name="definition"),
]

handler403 = "foresail.web.pages.not_allowed"
handler404 = "foresail.web.pages.not_found"
handler500 = "foresail.web.pages.failed"
