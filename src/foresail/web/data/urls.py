"""The addresses of data."""

from __future__ import annotations

from django.urls import path

from foresail.web.data import views
from foresail.web.data.page import data, finding, load, quarantine
from foresail.web.people.rights import Right
from foresail.web.sheets.view import sheet_view

urlpatterns = [
    # /data/
    path("data/", sheet_view("data", data, Right.LOAD, is_tagged=False), name="data"),
    path("data/loads/<int:number>/", sheet_view("load", load, Right.LOAD), name="load"),
    path("data/findings/<slug:check>/", sheet_view("finding", finding, Right.LOAD), name="finding"),
    path("data/quarantine/", sheet_view("quarantine", quarantine, Right.LOAD), name="quarantine"),
    path("data/quarantine/again/", views.retry, name="retry"),
    # /data/uploads/<id>/
    path("data/uploads/", views.upload, name="upload"),
    path("data/uploads/<slug:id>/", views.draft, name="draft"),
    path("data/uploads/<slug:id>/mapping.toml", views.draft_mapping, name="draft_mapping"),
    path("data/mappings/<slug:name>.toml", views.kept_mapping, name="kept_mapping"),
]
