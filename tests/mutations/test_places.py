"""What `make mutate` takes away stands in the source, so that nothing stays untried unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

import foresail
from tests.mutations.place import Place
from tests.mutations.places import PLACES

SOURCE = Path(foresail.__file__).parent


@pytest.mark.parametrize("place", PLACES, ids=lambda each: each.name)
def test_a_place_stands_in_its_file_once(place: Place) -> None:
    text = (SOURCE / place.path).read_text(encoding="utf-8")
    assert text.count(place.source) == 1
