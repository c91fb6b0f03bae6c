"""The site as an ASGI application."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from foresail.web.bodies import limited
from foresail.web.live.turns import Turns

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "foresail.web.settings")

REQUESTS_AT_ONCE = 32

application = limited(Turns(get_asgi_application(), REQUESTS_AT_ONCE, "/live/"))
