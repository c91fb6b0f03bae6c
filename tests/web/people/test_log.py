"""The audit log: nothing changes it; it is sifted, turned over, and taken out."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client, RequestFactory

from foresail.warehouse.sections import Thresholds
from foresail.warehouse.settings import Settings
from foresail.web.people.audit import note
from foresail.web.people.models import Entry, Person
from foresail.web.people.settings_log import note_changes
from tests.web.people.conftest import done, text_of


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE people_entry SET who = 'nobody'",
        "DELETE FROM people_entry",
        "INSERT OR REPLACE INTO people_entry (id, at, who, what, detail) "
        "SELECT id, at, 'nobody', what, detail FROM people_entry",
    ],
)
def test_the_database_itself_keeps_every_line(db: None, statement: str) -> None:
    note(None, "first line", who="ada@hill.example")
    refused = pytest.raises(DatabaseError, match="the audit log is append-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert done() == [("ada@hill.example", "first line", "")]


def test_a_line_is_no_record_to_be_edited(db: None) -> None:
    note(None, "first line")
    line = Entry.objects.get()
    line.what = "another"
    with pytest.raises(TypeError, match="cannot be changed"):
        line.save()
    with pytest.raises(TypeError, match="cannot be removed"):
        line.delete()


def test_a_line_says_who_did_what_from_where(admin: Person, rf: RequestFactory) -> None:
    request = rf.get("/", REMOTE_ADDR="192.0.2.7")
    request.user = admin
    note(request, "exported", "x" * 2000)
    line = Entry.objects.get()
    assert (line.who, line.what, line.address) == ("ada@hill.example", "exported", "192.0.2.7")
    assert line.detail == "x" * 1000


@pytest.fixture
def lines(db: None) -> None:
    for number in range(120):
        note(None, "exported", f"file {number}", who="ann@hill.example")
    note(None, "logged in", who="bob@hill.example")


@pytest.mark.usefixtures("project", "lines")
class TestThePage:
    def test_it_shows_a_hundred_at_a_time_newest_first(self, client: Client) -> None:
        first = text_of(client.get("/people/log/"))
        assert "122 lines" in first  # the admin's log-in is one of them
        assert "Page 1 of 2" in first
        assert "file 119" in first
        second = text_of(client.get("/people/log/?page=2"))
        assert "file 0 " in second
        assert "file 119" not in second

    def test_it_is_sifted_by_who_and_what(self, client: Client) -> None:
        assert "120 lines" in text_of(client.get("/people/log/?who=ANN&what=exported"))
        assert "1 line " in text_of(client.get("/people/log/?who=bob"))
        assert "Nothing of that kind" in text_of(client.get("/people/log/?who=bob&what=exported"))

    def test_it_is_taken_out_as_sifted_and_that_is_written_down(self, client: Client) -> None:
        answer = client.get("/people/log.csv?who=bob")
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert rows[0] == ["at", "who", "what", "detail", "address"]
        assert [row[1:] for row in rows[1:]] == [["bob@hill.example", "logged in", "", ""]]
        assert done()[-1] == ("ada@hill.example", "exported", "audit log, 1 lines")


@pytest.mark.usefixtures("project")
def test_records_that_are_taken_out_are_written_down(client: Client) -> None:
    client.get("/records/deals_won/?period=2026-03&format=csv")
    who, what, detail = done()[-1]
    assert (who, what) == ("ada@hill.example", "exported")
    assert detail == "3 rows of /records/deals_won/?period=2026-03 as csv"


def test_settings_that_changed_since_the_last_start_are_written_down(db: None) -> None:
    first = Settings(zone="UTC", thresholds=Thresholds(sla=3600))
    note_changes(first)
    note_changes(first)
    assert done() == []
    note_changes(Settings(zone="Europe/Berlin", thresholds=Thresholds(sla=1800)))
    assert done() == [
        ("foresail.toml", "changed a setting", "thresholds.sla: 3600 → 1800"),
        ("foresail.toml", "changed a setting", 'zone: "UTC" → "Europe/Berlin"'),
    ]
