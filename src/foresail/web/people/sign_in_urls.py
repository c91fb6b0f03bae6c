"""The addresses of allauth that are used here, each with whom it is for.

They are named one by one: what allauth adds in a later version stays closed until it stands here.
Nobody signs up, and nobody changes their mail address: it is how an admin knows them.
"""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.usersessions import views as sessions
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import path, re_path

from foresail.web.people.guard import anyone, signed_in


def by_mail(view: Any) -> Any:
    """A view that is there only where mail can be sent."""

    def inside(request: HttpRequest, *args: Any, **names: Any) -> HttpResponseBase:
        if not settings.EMAIL_HOST:
            raise Http404
        response: HttpResponseBase = view(request, *args, **names)
        return response

    return anyone(inside)


urlpatterns = [
    # /accounts/
    path("login/", anyone(account.login), name="account_login"),
    path("logout/", anyone(account.logout), name="account_logout"),
    path("inactive/", anyone(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    # /accounts/password/
    path("password/change/", signed_in(account.password_change), name="account_change_password"),
    path("password/set/", signed_in(account.password_set), name="account_set_password"),
    path("password/reset/", by_mail(account.password_reset), name="account_reset_password"),
    path(
        "password/reset/done/",
        by_mail(account.password_reset_done),
        name="account_reset_password_done",
    ),
    path(
        "password/reset/key/done/",
        by_mail(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        by_mail(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    # /accounts/2fa/
    path("2fa/", signed_in(mfa.index), name="mfa_index"),
    path("2fa/authenticate/", anyone(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "2fa/recovery-codes/",
        signed_in(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/generate/",
        signed_in(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        signed_in(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    # /accounts/sessions/
    path("sessions/", signed_in(sessions.list_usersessions), name="usersessions_list"),
    # /accounts/3rdparty/, /accounts/oidc/
    path(
        "3rdparty/login/cancelled/",
        anyone(social.login_cancelled),
        name="socialaccount_login_cancelled",
    ),
    path("3rdparty/login/error/", anyone(social.login_error), name="socialaccount_login_error"),
    path("3rdparty/", signed_in(social.connections), name="socialaccount_connections"),
    path("oidc/<str:provider_id>/login/", anyone(openid.login), name="openid_connect_login"),
    path(
        "oidc/<str:provider_id>/login/callback/",
        anyone(openid.callback),
        name="openid_connect_callback",
    ),
]
