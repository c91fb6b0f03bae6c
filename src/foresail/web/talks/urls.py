"""The addresses of talks."""

from __future__ import annotations

from django.urls import path

from foresail.web import keys  # noqa: F401  # registers the converter of ids
from foresail.web.talks import views

urlpatterns = [
    # /rep/<rep_id>/talk/, /talk/<number>/, /talk/<number>/action/, /action/<number>/
    path("rep/<key:rep_id>/talk/", views.new_talk, name="new_talk"),
    path("talk/<int:number>/", views.talk, name="talk"),
    path("talk/<int:number>/action/", views.new_action, name="new_action"),
    path("action/<int:number>/", views.close_action, name="close_action"),
]
