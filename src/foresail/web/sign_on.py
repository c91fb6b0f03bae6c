"""Single sign-on by OpenID Connect, as the environment names it."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlsplit

NAMES = ("FORESAIL_OIDC_ISSUER", "FORESAIL_OIDC_CLIENT_ID", "FORESAIL_OIDC_SECRET")


def form_targets() -> list[str]:
    """The site to which a log-in form may lead beside this one: that of the provider.

    >>> os.environ["FORESAIL_OIDC_ISSUER"] = "https://login.example.org:8443/realms/hill"
    >>> form_targets()
    ['https://login.example.org:8443']
    >>> del os.environ["FORESAIL_OIDC_ISSUER"]
    """
    issuer = urlsplit(os.environ.get("FORESAIL_OIDC_ISSUER", ""))
    return [f"{issuer.scheme}://{issuer.netloc}"] if issuer.netloc else []


def single_sign_on() -> list[dict[str, Any]]:
    """The one provider that `FORESAIL_OIDC_ISSUER`, `..._CLIENT_ID` and `..._SECRET` name, or none.

    `FORESAIL_OIDC_NAME` is what its button says. Secrets belong into the environment, not into the
    project's files.
    """
    issuer, client, secret = (os.environ.get(name, "") for name in NAMES)
    if not (issuer and client):
        return []
    return [
        {
            "provider_id": "sso",
            "name": os.environ.get("FORESAIL_OIDC_NAME", "single sign-on"),
            "client_id": client,
            "secret": secret,
            "settings": {"server_url": issuer},
        }
    ]
