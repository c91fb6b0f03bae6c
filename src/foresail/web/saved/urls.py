"""The addresses of saved views."""

from __future__ import annotations

from django.urls import path

from foresail.web.saved import views

urlpatterns = [
    path("", views.start, name="start"),
    # /views/
    path("views/", views.saved_views, name="saved_views"),
    path("views/new/", views.new_view, name="new_view"),
    path("views/<int:number>/", views.change_view, name="change_view"),
    path("views/<int:number>/delete/", views.delete_view, name="delete_view"),
    path("views/<int:number>/start/", views.begin_with, name="begin_with"),
]
