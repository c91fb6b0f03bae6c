"""Steps of the plan are worked out once for the settings that they look at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import ibis
import pytest

from foresail.facts.making.source import Source
from foresail.facts.making.statement import Statement
from foresail.facts.making.steps import planned
from foresail.warehouse import Settings

done: list[str] = []


def make_words(source: Source) -> Any:
    """A table that depends on the currency."""
    done.append("words")
    return source.keep(
        "words", source.canonical("rep").mutate(currency=ibis.literal(source.settings.currency))
    )


def make_sums(source: Source) -> Any:
    """A table that depends on a threshold, and on the columns of the other."""
    done.append("sums")
    words = source.fact("words")
    return source.keep("sums", words.mutate(days=source.settings.thresholds.callback_days))


def statements(settings: Settings) -> list[Statement]:
    done.clear()
    with duckdb.connect() as connection:
        connection.execute("create schema fact")
        connection.execute("create schema canonical")
        connection.execute("create table canonical.rep (rep_id varchar)")
        return planned(Source(connection, settings), (make_words, make_sums), settings)


@pytest.fixture(autouse=True)
def _empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORESAIL_CACHE", str(tmp_path))


def test_the_same_settings_work_nothing_out() -> None:
    first = statements(Settings())
    assert done == ["words", "sums"]
    assert statements(Settings(zone="Asia/Tokyo")) == first
    assert done == []


def test_another_threshold_works_out_what_looks_at_it() -> None:
    words, sums = statements(Settings())
    seven = Settings.model_validate({"thresholds": {"callback_days": 7}})
    assert statements(seven)[0] == words
    assert done == ["sums"]
    assert statements(seven)[1] != sums
    assert done == []
    assert statements(Settings()) == [words, sums]


def test_another_currency_works_out_what_looks_at_it() -> None:
    _, sums = statements(Settings())
    found = statements(Settings(currency="USD"))
    assert done == ["words"]
    assert found[1] == sums
