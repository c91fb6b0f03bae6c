"""What `write_organisation` accepts, writes and returns."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from foresail.core.errors import QuestionError
from foresail.demo import DemoOrganisation, write_organisation
from foresail.demo.files import ARROW_TYPES
from foresail.model import TABLES

UNTIL = dt.date(2026, 11, 22)


def contents(directory: Path) -> dict[str, bytes]:
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in files}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    write_organisation(tmp_path / "a", reps=4, months=2, seed=3, until=UNTIL)
    write_organisation(tmp_path / "b", reps=4, months=2, seed=3, until=UNTIL)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_another_seed_gives_another_organisation(tmp_path: Path) -> None:
    write_organisation(tmp_path / "a", reps=4, months=2, seed=3, until=UNTIL)
    write_organisation(tmp_path / "b", reps=4, months=2, seed=4, until=UNTIL)
    a, b = contents(tmp_path / "a"), contents(tmp_path / "b")
    assert a["rep.parquet"] != b["rep.parquet"]
    assert a["activity.parquet"] != b["activity.parquet"]


def test_every_canonical_table_has_its_file_and_rows(organisation: DemoOrganisation) -> None:
    assert list(organisation.rows) == list(TABLES)
    assert min(organisation.rows.values()) > 0


@pytest.mark.parametrize("name", TABLES)
def test_columns_and_types_are_those_of_the_model(
    organisation: DemoOrganisation, name: str
) -> None:
    schema = pq.read_schema(organisation.directory / f"{name}.parquet")
    assert dict(zip(schema.names, schema.types, strict=True)) == {
        column.name: ARROW_TYPES[column.type] for column in TABLES[name].columns
    }


def test_settings_describe_the_organisation(organisation: DemoOrganisation) -> None:
    assert tomllib.loads(organisation.settings_toml()) == {
        "name": "Kestrel Harbour Software",
        "zone": "Europe/Berlin",
        "currency": "EUR",
        "country": "DE",
        "week_start": "monday",
        "fiscal_year_start": 1,
        "thresholds": {"success_events": ["report exported"], "success_times": 2},
        "demo": True,
    }


def test_it_covers_whole_months_and_the_running_one(organisation: DemoOrganisation) -> None:
    assert organisation.start == dt.date(2025, 8, 1)
    assert organisation.until == UNTIL


def test_truth_names_every_cause(organisation: DemoOrganisation) -> None:
    truth = tomllib.loads(organisation.truth.read_text(encoding="utf-8"))
    assert truth["effects"]["social_effect"] == 0.0
    assert truth["effects"]["speed_effect"] < 0
    assert len(truth["rep"]) == 24
    assert set(truth["rep"][0]) == {
        *("rep_id", "name", "role", "diligence", "connect", "qualify", "win"),
        *("minutes_to_answer", "persistence", "keeps_meetings", "links", "tailors", "social"),
        *("leaks_at", "loses_by"),
    }


def test_truth_says_what_each_number_means(organisation: DemoOrganisation) -> None:
    text = organisation.truth.read_text(encoding="utf-8")
    assert "price_rise = 0.04  # The rise of all prices older than half a year" in text
    assert "# persistence: Contacts before giving up, relative to the average rep." in text


def test_one_rep_for_one_month_is_enough(tmp_path: Path) -> None:
    made = write_organisation(tmp_path, reps=1, months=1, until=UNTIL)
    assert made.rows["rep"] == 1
    assert made.rows["activity"] > 500
    assert made.rows["opportunity"] > 5


@pytest.mark.parametrize("until", [dt.date(2025, 1, 1), dt.date(2024, 2, 29)])
def test_it_may_end_on_any_day(tmp_path: Path, until: dt.date) -> None:
    made = write_organisation(tmp_path, reps=2, months=1, until=until)
    assert made.until == until


def test_by_default_it_ends_today(tmp_path: Path) -> None:
    made = write_organisation(tmp_path, reps=1, months=1, zone="UTC")
    assert abs((made.until - dt.datetime.now(dt.UTC).date()).days) <= 1


def test_a_zone_without_a_known_country_has_no_public_holidays(tmp_path: Path) -> None:
    made = write_organisation(tmp_path, reps=1, months=1, until=UNTIL, zone="Asia/Tokyo")
    assert (made.zone, made.country) == ("Asia/Tokyo", "")


def test_no_reps_are_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionError) as error:
        write_organisation(tmp_path, reps=0, until=UNTIL)
    assert str(error.value) == (
        "A demo organisation cannot have reps = 0. Choose a number from 1 to 3000."
    )


def test_too_many_months_are_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionError) as error:
        write_organisation(tmp_path, months=61, until=UNTIL)
    assert "months = 61" in str(error.value)


def test_an_unknown_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionError) as error:
        write_organisation(tmp_path, zone="Europe/Atlantis")
    assert str(error.value) == (
        "There is no time zone 'Europe/Atlantis'. Write it as Europe/Berlin."
    )
