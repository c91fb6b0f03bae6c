"""The addresses of people."""

from __future__ import annotations

from django.urls import path

from foresail.web.people.views import account, coming_in, everybody, log, shares

urlpatterns = [
    # /welcome/<secret>/, /invitation/<secret>/, /new-password/<secret>/, /demo/<role>/
    path("welcome/<str:secret>/", coming_in.welcome, name="welcome"),
    path("invitation/<str:secret>/", coming_in.accept, name="accept"),
    path("new-password/<str:secret>/", coming_in.new_password, name="new_password"),
    path("demo/<slug:role>/", coming_in.come_in, name="come_in"),
    # /shared/<secret>/
    path("shared/<str:secret>/", coming_in.shared, name="shared"),
    # /account/
    path("account/", account.account, name="account"),
    path("account/tokens/", account.own_tokens, name="tokens"),
    path("account/tokens/<int:number>/revoke/", account.revoke_token, name="revoke_token"),
    # /share/
    path("share/", shares.shares, name="shares"),
    path("share/<int:number>/take-back/", shares.take_back, name="take_back"),
    # /people/
    path("people/", everybody.people, name="people"),
    path("people/<int:number>/", everybody.person, name="person"),
    path("people/<int:number>/password/", everybody.password_link, name="password_link"),
    path("people/<int:number>/second-factor/", everybody.remove_factor, name="remove_factor"),
    path("people/<int:number>/sign-out/", everybody.sign_out, name="sign_out"),
    path("people/invitation/<int:number>/withdraw/", everybody.withdraw, name="withdraw"),
    path("people/log/", log.log, name="log"),
    path("people/log.csv", log.log_csv, name="log_csv"),
]
