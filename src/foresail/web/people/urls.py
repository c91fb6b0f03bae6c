"""The addresses of people."""

from __future__ import annotations

from django.urls import path

from foresail.web.people import views

urlpatterns = [
    # /welcome/<secret>/, /invitation/<secret>/, /demo/<role>/
    path("welcome/<str:secret>/", views.welcome, name="welcome"),
    path("invitation/<str:secret>/", views.accept, name="accept"),
    path("demo/<slug:role>/", views.come_in, name="come_in"),
    # /people/
    path("people/", views.people, name="people"),
    path("people/<int:number>/", views.person, name="person"),
    path("people/invitation/<int:number>/withdraw/", views.withdraw, name="withdraw"),
    path("people/log/", views.log, name="log"),
]
