"""The site map."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from foresail.web import keys  # noqa: F401  # registers the converter of ids
from foresail.web.api import description
from foresail.web.api.api import urls as api_urls
from foresail.web.catalogue import views as catalogue
from foresail.web.catalogue.page import catalogue as catalogue_page
from foresail.web.explore.page import explore
from foresail.web.funnel.page import funnel
from foresail.web.history.page import history
from foresail.web.leaderboard.page import leaderboard
from foresail.web.leads.page import leads
from foresail.web.live.views import live
from foresail.web.organisation import views as organisation
from foresail.web.people.rights import Right
from foresail.web.pipeline.moves import moves
from foresail.web.pipeline.page import pipeline
from foresail.web.records.page import records
from foresail.web.rep.list import reps
from foresail.web.rep.page import rep
from foresail.web.results.page import results
from foresail.web.scoreboard.page import scoreboard
from foresail.web.sheets.filters import filters
from foresail.web.sheets.view import sheet_view
from foresail.web.today.page import today
from foresail.web.tv.page import tv

leads_view = sheet_view("leads", leads, period="last-30-days")
results_view = sheet_view("results", results, period="this-quarter")

urlpatterns: list[URLPattern | URLResolver] = [
    # /, /views/
    path("", include("foresail.web.saved.urls")),
    path("today/", sheet_view("today", today, period="today"), name="today"),
    # /accounts/
    path("accounts/", include("foresail.web.people.sign_in_urls")),
    # /account/, /people/, /share/ and the ways in
    path("", include("foresail.web.people.urls")),
    # /data/
    path("", include("foresail.web.data.urls")),
    # /settings/
    path("settings/", organisation.settings, name="settings"),
    # /scoreboard/
    path("scoreboard/", sheet_view("scoreboard", scoreboard), name="scoreboard"),
    # /leads/<activity>/
    path("leads/", leads_view, name="leads"),
    path("leads/<slug:activity>/", leads_view, name="leads"),
    # /results/<result>/
    path("results/", results_view, name="results"),
    path("results/<slug:result>/", results_view, name="results"),
    path("funnel/", sheet_view("funnel", funnel, period="this-quarter"), name="funnel"),
    path("pipeline/", sheet_view("pipeline", pipeline, period="this-quarter"), name="pipeline"),
    path(
        "pipeline/moves/<slug:flow>/",
        sheet_view("moves", moves, Right.SEE_RECORDS, period="this-quarter"),
        name="moves",
    ),
    # /rep/, /rep/<rep_id>/, and its talks
    path("rep/", sheet_view("reps", reps, Right.SEE_RECORDS, period="this-quarter"), name="reps"),
    path(
        "rep/<key:rep_id>/",
        sheet_view("rep", rep, Right.SEE_RECORDS, compare="previous"),
        name="rep",
    ),
    path("", include("foresail.web.talks.urls")),
    # /history/<kind>/<record_id>/
    path(
        "history/<slug:kind>/<key:record_id>/",
        sheet_view("history", history, Right.SEE_RECORDS),
        name="history",
    ),
    path("catalogue/", sheet_view("catalogue", catalogue_page), name="catalogue"),
    path("explore/", sheet_view("explore", explore), name="explore"),
    path(
        "leaderboard/",
        sheet_view("leaderboard", leaderboard, compare="previous"),
        name="leaderboard",
    ),
    # /tv/
    path(
        "tv/",
        sheet_view("tv", tv, compare="previous", template="tv/tv.html"),
        name="tv",
    ),
    path("filters/", filters, name="filters"),
    path("live/", live, name="live"),
    # /records/<kpi>/
    path("records/<slug:kpi>/", sheet_view("records", records, Right.SEE_RECORDS), name="records"),
    # /api/
    path("api/", description.described, name="api_page"),
    path("api/openapi.json", description.openapi, name="openapi"),
    path("api/", api_urls()),
    # /kpi/<kpi>/
    path("kpi/<slug:kpi>/", catalogue.definition, name="definition"),
]

handler403 = "foresail.web.pages.not_allowed"
handler404 = "foresail.web.pages.not_found"
handler500 = "foresail.web.pages.failed"
