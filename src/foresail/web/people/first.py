"""The first person: made through an address that only the terminal shows."""

from __future__ import annotations

from django.core import signing

from foresail.web.people.models import Person

SALT = "foresail.first"
VALID_SECONDS = 24 * 3600


def is_empty() -> bool:
    """Whether nobody can come in yet."""
    return not Person.objects.exists()


def first_address(address: str) -> str:
    """Where the first admin is made; the plain address once there is somebody."""
    if not is_empty():
        return address
    return f"{address}welcome/{signing.dumps('first', salt=SALT)}/"


def is_valid(secret: str) -> bool:
    """Whether a secret was made by this project's terminal, and there is still nobody."""
    try:
        signing.loads(secret, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return False
    return is_empty()
