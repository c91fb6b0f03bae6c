"""/rep/, /rep/<rep_id>/, the talks of the two, and /history/<kind>/<id>/."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import resolve, reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from foresail.project import Project
from foresail.web.current import hold
from foresail.web.people.models import Person
from foresail.web.people.rights import Role
from foresail.web.talks.models import Action, Talk
from tests.web.conftest import write_project
from tests.web.reading import Page, Tables, rows

ODD = "a/b ?#%2F\\..é"
HOSTILE = "<img src=x onerror=alert(1)>"
SECRET = "between the two of us"
TABLES = {
    "rep.csv": f"""\
rep_id,name,team,role,seniority,manager_id,hired_on
head,Hedda Head,Board,manager,lead,,2020-01-01
boss,Bo Boss,North,manager,lead,head,2020-01-01
other,Olga Other,South,manager,lead,head,2020-01-01
ann,Ann,North,ae,mid,boss,2025-01-01
"{ODD}",{HOSTILE},North,ae,mid,boss,2025-01-01
carl,Carl,North,ae,mid,boss,2025-01-01
dora,Dora,North,ae,mid,boss,2025-01-01
new,Nils New,North,ae,mid,boss,2026-03-20
sue,Sue,South,sdr,junior,other,2025-01-01
""",
    "account.csv": "account_id,name,created_at\nc1,Mill & Co,2026-01-01\n",
    "opportunity.csv": """\
opportunity_id,owner_id,account_id,name,created_at,closed_at,outcome,amount,lost_reason,stage
o1,ann,c1,Mill,2026-02-01,2026-03-05,won,1000,,Won
o2,ann,c1,Mine,2026-02-01,2026-03-06,lost,,Price,Lost
o3,ann,c1,Dock,2026-02-11,,,700,,Offer
""",
    # March: Ann calls 2, the odd one 4, Carl 6, Dora 8; February: Ann 1.
    "activity.csv": "activity_id,kind,direction,occurred_at,rep_id,outcome,is_conversation,"
    "account_id,note,recording_url\n"
    "a0,call,outbound,2026-02-03T09:00:00Z,ann,connected,,,,\n"
    "a1,call,outbound,2026-03-03T09:00:00Z,ann,connected,true,c1,"
    '"Asks about <b>price</b>",https://calls.example/a1.mp3\n'
    "a2,call,outbound,2026-03-04T09:00:00Z,ann,connected,true,c1,Calls back,javascript:alert(1)\n"
    + "".join(
        f'{rep[0]}{number},call,outbound,2026-03-05T09:00:00Z,"{rep}",no_answer,,,,\n'
        for rep, calls in ((ODD, 4), ("carl", 6), ("dora", 8), ("sue", 50))
        for number in range(100, 100 + calls)
    ),
}
MARCH = "period=2026-03"


@pytest.fixture(scope="module")
def north(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    directory: Path = tmp_path_factory.mktemp("north")
    write_project(directory, TABLES)
    found = Project.open(directory)
    assert isinstance(found, Project)
    yield found
    found.close()


@pytest.fixture(autouse=True)
def project(north: Project, db: None) -> Iterator[Project]:
    hold(north)
    yield north
    hold(None)


def person(rep_id: str, role: str = Role.MANAGER) -> Client:
    found = Person.objects.create_user(
        f"{rep_id[0]}{Person.objects.count()}@hill.example",
        "window box 3",
        role=role,
        rep_id=rep_id,
    )
    browser = Client()
    browser.force_login(found)
    return browser


def text(page: Page) -> str:
    return page.content.decode()


def table(page: Page, name: str) -> dict[str, list[str]]:
    """The rows that begin with a name, by it."""
    return {row[0]: row[1:] for row in rows(page) if row and row[0] == name}


@settings(deadline=None)  # the first address makes the site map
@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_every_id_survives_an_address(rep_id: str) -> None:
    address = reverse("rep", args=[rep_id])
    assert not {*"?#\\.", "//"} & set(address)
    assert resolve(unquote(address)).kwargs == {"rep_id": rep_id}


def test_the_list_holds_everybody_in_the_job_and_leads_to_their_pages(client: Client) -> None:
    page = client.get(f"/rep/?{MARCH}")
    found = Tables(page).rows
    assert [row[0].text for row in found[1:4]] == [HOSTILE, "Ann", "Bo Boss"]
    assert HOSTILE not in text(page)
    ann = next(row for row in found if row[0].text == "Ann")
    assert [cell.text for cell in ann[1:5]] == ["North", "AE", "mid", "1 Jan 2025"]
    assert client.get(ann[0].links[0]).status_code == 200


def test_the_funnel_stands_beside_the_past_and_the_middle_half_of_fair_peers(
    client: Client,
) -> None:
    page = client.get(f"/rep/ann/?{MARCH}")
    calls = table(page, "Outbound calls")["Outbound calls"]
    assert calls[0].startswith("2 ")
    assert calls[1] == "1"
    # Three others with 4, 6 and 8 calls; who was hired within the month is none of them.
    assert calls[2] == "5 – 7 below them"
    assert "the middle half of 3 others" in text(page)
    assert table(page, "Deals won")["Deals won"][0].startswith("1 ")


def test_too_few_peers_are_said_and_the_team_stands_instead(client: Client) -> None:
    page = client.get(f"/rep/sue/?{MARCH}")
    assert "Only 0 others with the same role and seniority (junior SDR)" in text(page)
    # The team South: 50 calls of Sue and her manager.
    assert table(page, "Outbound calls")["Outbound calls"][2] == "25"


def test_deals_conversations_and_reasons_lead_to_their_history(client: Client) -> None:
    page = client.get(f"/rep/ann/?{MARCH}")
    found = {row[0].text: row for row in Tables(page).rows if row}
    assert [cell.text for cell in found["Dock"]][:3] == ["Dock", "Mill & Co", "Offer"]
    assert found["Dock"][0].links == ["/history/opportunity/o3/"]
    assert found["Dock"][1].links == ["/history/account/c1/"]
    assert found["Price"][1].text == "1"
    body = text(page)
    assert 'href="https://calls.example/a1.mp3" target="_blank" rel="noopener noreferrer"' in body
    assert "javascript:" not in body
    assert "Asks about &lt;b&gt;price&lt;/b&gt;" in body


@pytest.mark.parametrize("rep_id", ["nobody", "~", "~ZZ"])
def test_who_is_not_there_has_no_page(client: Client, rep_id: str) -> None:
    assert client.get(f"/rep/{rep_id}/").status_code == 404


def test_an_odd_id_has_its_page(client: Client) -> None:
    page = client.get(reverse("rep", args=[ODD]) + f"?{MARCH}")
    assert table(page, "Outbound calls")["Outbound calls"][0].startswith("4 ")


def new_talk(browser: Client, rep_id: str = "ann", **more: str) -> int:
    today = dt.date.today()
    form = {"day": f"{today}", "note": f"{SECRET}\n{HOSTILE}", **more}
    return browser.post(reverse("new_talk", args=[rep_id]), form).status_code


def test_a_talk_is_seen_by_the_two_and_by_nobody_else(client: Client) -> None:
    boss, ann = person("boss"), person("ann", Role.REP)
    assert new_talk(boss, is_shared="on") == 302
    talk = Talk.objects.get()
    due = dt.date.today() + dt.timedelta(days=7)
    agreed = {"what": "Ten calls a day", "kpi": "outbound_calls", "due": f"{due}"}
    assert boss.post(reverse("new_action", args=[talk.pk]), agreed).status_code == 302
    action = Action.objects.get()
    for browser in (boss, ann):
        body = text(browser.get("/rep/ann/"))
        assert SECRET in body
        assert "Ten calls a day" in body
        assert HOSTILE not in body
    for browser in (client, person("head"), person("other"), person("boss"), person("carl", "rep")):
        body = text(browser.get("/rep/ann/"))
        assert SECRET not in body
        assert "Ten calls a day" not in body
        assert browser.get(reverse("talk", args=[talk.pk])).status_code in (403, 404)
        close = reverse("close_action", args=[action.pk])
        assert browser.post(close, {"done": "yes"}).status_code == 404
    assert SECRET.encode() not in ann.get("/rep/ann/?format=csv").content
    assert SECRET not in text(client.get("/people/log/"))


def test_the_rep_ticks_an_action_and_does_not_read_what_is_not_shared(client: Client) -> None:
    boss, ann = person("boss"), person("ann", Role.REP)
    assert new_talk(boss) == 302
    action = Action.objects.create(talk=Talk.objects.get(), what="Call", due=dt.date(2030, 1, 1))
    body = text(ann.get("/rep/ann/"))
    assert SECRET not in body
    assert "The note is the manager’s own." in body
    ann.post(reverse("close_action", args=[action.pk]), {"done": "yes"})
    action.refresh_from_db()
    assert action.done_at is not None
    assert ann.get(reverse("new_talk", args=["ann"])).status_code == 403
    assert "closed an action" in text(client.get("/people/log/"))


def test_talks_are_held_with_those_below_today_alone() -> None:
    # Who does not stand above does not even see that there is such a rep.
    assert new_talk(person("other")) == 404
    assert new_talk(person("boss"), "boss") == 403
    assert new_talk(person("head")) == 302


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("note", "x" * 10_001, "at most 10000 characters"),
        ("day", "2020-01-01", "Choose a day of the last year"),
    ],
)
def test_what_is_too_long_or_too_old_is_refused(field: str, value: str, message: str) -> None:
    form = {"day": f"{dt.date.today()}", "note": "", field: value}
    page = person("boss").post(reverse("new_talk", args=["ann"]), form)
    assert page.status_code == 200
    assert message in text(page)
    assert not Talk.objects.exists()


def test_a_note_is_changed_on_its_day_alone() -> None:
    boss = person("boss")
    new_talk(boss)
    talk = Talk.objects.get()
    form = {"day": f"{talk.day}", "note": "Better"}
    assert boss.post(reverse("talk", args=[talk.pk]), form).status_code == 302
    Talk.objects.update(made_at=talk.made_at - dt.timedelta(days=2))
    assert boss.post(reverse("talk", args=[talk.pk]), form).status_code == 403
    assert Talk.objects.get().note == "Better"


def test_since_the_last_talk_the_page_says_what_changed() -> None:
    boss = person("boss")
    maker = Person.objects.get(rep_id="boss")
    Talk.objects.create(rep_id="ann", day=dt.date(2026, 3, 3), made_by=maker)
    body = text(boss.get("/rep/ann/"))
    assert "Since the 1-on-1 of 3 Mar 2026" in body
    assert "/records/deals_won/?period=custom&amp;start=2026-03-04&amp;end=2026-03-31" in body


def test_a_history_says_what_happened_and_leads_on(client: Client) -> None:
    page = client.get("/history/account/c1/")
    assert "<h1>Mill &amp; Co" in text(page)
    found = {row[0].text: row for row in Tables(page).rows if row}
    assert found["Opportunity Dock opened"][0].links == ["/history/opportunity/o3/"]
    body = text(page)
    assert 'href="https://calls.example/a1.mp3" target="_blank"' in body
    assert "javascript:" not in body


@pytest.mark.parametrize("address", ["/history/lead/none/", "/history/nothing/o1/"])
def test_what_is_not_there_has_no_history(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
