"""Mail, if there is a server for it: without one, admins hand out links for new passwords."""

from __future__ import annotations

import os
from typing import Any


def mail_server() -> dict[str, Any]:
    """Django's mail settings, from `FORESAIL_MAIL_HOST` and its kin; no host, no mail.

    `..._PORT` is 587 and `..._TLS` is `start` (or `always`, `never`) unless they say otherwise;
    `..._USER`, `..._PASSWORD` and `..._FROM` are what the server asks for.
    """
    host = os.environ.get("FORESAIL_MAIL_HOST", "")
    security = os.environ.get("FORESAIL_MAIL_TLS", "start")
    user = os.environ.get("FORESAIL_MAIL_USER", "")
    return {
        "EMAIL_HOST": host,
        "EMAIL_PORT": int(os.environ.get("FORESAIL_MAIL_PORT", "587")),
        "EMAIL_HOST_USER": user,
        "EMAIL_HOST_PASSWORD": os.environ.get("FORESAIL_MAIL_PASSWORD", ""),
        "EMAIL_USE_TLS": security == "start",
        "EMAIL_USE_SSL": security == "always",
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": os.environ.get("FORESAIL_MAIL_FROM", user or f"foresail@{host}"),
    }
