"""Every place that keeps somebody from seeing something."""

from tests.mutations.places.engine import ENGINE
from tests.mutations.places.project import PROJECT
from tests.mutations.places.web import WEB

PLACES = (*ENGINE, *PROJECT, *WEB)

__all__ = ["PLACES"]
