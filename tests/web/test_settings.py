"""Settings are changed in the browser: checked, told, written with their comments, taken over."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.test import Client

from foresail.project import Project
from foresail.project.configuring import Document, changes_between
from foresail.web.current import current_project
from foresail.web.organisation.fields import groups
from foresail.web.people.models import Entry, Person
from foresail.web.people.rights import Role
from tests.web.conftest import TABLES

pytestmark = pytest.mark.django_db
OWN = """[[kpi]]
id = "wins_per_call"
meaning = "Wins for each call."
formula = "deals_won / outbound_calls"
unit = "ratio"
direction = "higher"
"""


def form(client: Client, **changes: Any) -> dict[str, Any]:
    """What the page's form would send, with some fields changed."""
    page = client.get("/settings/")
    shown = page.context["form"]
    sent = {
        name: shown[name].value()
        for name in shown.fields
        if shown[name].value() not in (None, False)
    }
    return {**sent, "seen": page.context["seen"], "act": "save", **changes}


def renewed() -> None:
    for each in threading.enumerate():
        if each.name == "foresail-renewing":
            each.join()


def test_every_setting_can_be_seen_with_its_meaning(client: Client, empty_project: Project) -> None:
    page = client.get("/settings/").content.decode()
    for _, own in groups():
        for each in own:
            assert f'name="{each.name}"' in page
            assert each.meaning or each.place[0] == "working_hours"
    assert 'name="warehouse' not in page
    assert 'name="thresholds.sla" value="3600"' in page


def test_a_change_is_told_first_then_written_and_taken_over(
    client: Client, empty_project: Project
) -> None:
    path = empty_project.directory / "foresail.toml"
    before = path.read_text()
    sent = form(client, **{"thresholds.sla": "1800", "act": "review"})
    page = client.post("/settings/", sent).content.decode()
    assert "thresholds.sla" in page
    assert "<td>3600</td><td>1800</td>" in page
    assert path.read_text() == before
    client.post("/settings/", {**sent, "act": "save"})
    after = path.read_text()
    assert after == f"{before.rstrip()}\n\n[thresholds]\nsla = 1800\n"
    assert current_project().settings.thresholds.sla == 1800
    assert current_project() is not empty_project
    line = Entry.objects.get(what="changed a setting")
    assert (line.who, line.detail) == ("ada@hill.example", "thresholds.sla: 3600 → 1800")


def test_nothing_is_written_where_nothing_changes(client: Client, empty_project: Project) -> None:
    path = empty_project.directory / "foresail.toml"
    before = path.read_text()
    assert "Nothing is changed" in client.post("/settings/", form(client)).content.decode()
    assert path.read_text() == before


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"zone": "Europe/Nowhere"}, "there is no time zone"),
        ({"country": "XX"}, "no public holidays"),
        ({"working_hours.monday": "9-5"}, "is no working time"),
        ({"thresholds.sla": "soon"}, "Enter a whole number"),
        ({"thresholds.untouched_days": "0"}, "greater than or equal to 1"),
        ({"hidden": "win_rte"}, "Did you mean win_rate"),
        ({"own": OWN.replace("deals_won", "deals_wun")}, "kpi wins_per_call"),
        ({"own": "[[kpi]\n"}, "cannot be read"),
        ({"own": '[warehouse]\nurl = "duckdb:////etc/passwd"\n'}, "does not belong here"),
    ],
)
def test_what_is_wrong_is_said_and_not_written(
    client: Client, empty_project: Project, changes: dict[str, str], words: str
) -> None:
    path = empty_project.directory / "foresail.toml"
    before = path.read_text()
    page = client.post("/settings/", form(client, **changes)).content.decode()
    assert words in page
    assert str(empty_project.directory) not in page
    assert path.read_text() == before


def test_an_own_kpi_is_there_at_once(client: Client, empty_project: Project) -> None:
    assert "wins_per_call" not in {each.id for each in empty_project.kpis()}
    client.post("/settings/", form(client, own=OWN))
    assert "wins_per_call" in {each.id for each in current_project().kpis()}
    assert "wins_per_call" in client.get("/settings/").content.decode()


def test_who_saves_second_is_told(client: Client, empty_project: Project) -> None:
    mine = form(client, name="Mine")
    client.post("/settings/", form(client, name="Theirs"))
    page = client.post("/settings/", mine).content.decode()
    assert "Somebody changed the settings meanwhile" in page
    assert current_project().settings.name == "Theirs"


def test_facts_are_made_anew_in_the_background(client: Client, empty_project: Project) -> None:
    folder = empty_project.directory
    (folder / "activity.csv").write_text(TABLES["activity.csv"])
    empty_project.load(folder / "activity.csv")
    assert empty_project.is_current
    hours = {f"working_hours.{day}": "" for day in ("monday", "tuesday", "wednesday")}
    client.post("/settings/", form(client, zone="Asia/Tokyo", **hours))
    renewed()
    assert current_project().is_current
    assert not empty_project.is_current
    assert current_project().settings.working_hours == {
        "thursday": "09:00-17:00",
        "friday": "09:00-17:00",
    }
    empty_project.load(folder / "activity.csv")
    assert current_project().is_current


@pytest.mark.parametrize("role", [Role.ANALYST, Role.MANAGER, Role.REP, Role.VIEWER])
def test_only_admins_may_come_here(
    client: Client, admin: Person, project: Project, role: Role
) -> None:
    admin.role, admin.rep_id = role, "0017"
    admin.save()
    assert client.get("/settings/").status_code == 403
    assert client.post("/settings/", {"name": "x"}).status_code == 403


def test_comments_and_order_stay(empty_project: Project) -> None:
    (empty_project.directory / "foresail.toml").write_text(
        '# mine\nname = "A"  # called so\n\n[thresholds]\n# strict\nsla = "1h"\n'
    )
    document = Document.read(empty_project.directory)
    changed = document.changed({("name",): "B", ("thresholds", "sla"): 60, ("currency",): "USD"})
    assert changed.text == (
        '# mine\nname = "B"  # called so\ncurrency = "USD"\n\n[thresholds]\n# strict\nsla = 60\n'
    )
    assert [
        (each.name, each.before, each.after)
        for each in changes_between(document.settings, changed.settings)
    ] == [("name", "A", "B"), ("currency", "EUR", "USD"), ("thresholds.sla", "3600", "60")]
