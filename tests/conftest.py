from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session", autouse=True)
def plans_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep compiled plans in a folder of this run, shared by its workers, not in the user's."""
    with pytest.MonkeyPatch.context() as patch:
        if "FORESAIL_CACHE" not in os.environ:
            own = tmp_path_factory.getbasetemp()
            run = own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own
            patch.setenv("FORESAIL_CACHE", str(run / "plans"))
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of public data sets kept beside the project."""
    if not SHARED.is_dir():
        pytest.skip("needs the public data sets in ../shared/data, which are not here")
    return SHARED
