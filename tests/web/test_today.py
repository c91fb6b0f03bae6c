"""Today, on a small project with known numbers: Thursday 12 March 2026 at one, half a day gone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from foresail.project import Project
from foresail.web.current import hold
from foresail.web.people.models import Person
from foresail.web.people.rights import Role
from tests.web.reading import text_of

NOON = "as_of=2026-03-12T13:00"
HOSTILE = "<script>alert(1)</script>"


def calls(rep: str, day: int, many: int) -> list[str]:
    return [
        f"{rep}{day}-{each},call,outbound,2026-03-{day:02}T08:{each:02}:00Z,,{rep},,,connected,true"
        for each in range(many)
    ]


TABLES = {
    "rep.csv": "rep_id,name,team,role,hired_on,left_on\nann,Ann,North,sdr,2025-01-01,\n"
    "bob,Bob,North,sdr,2025-01-01,2026-04-10\ncid,Cid,South,ae,2025-01-01,\n",
    "absence.csv": "rep_id,starts_on,ends_on\nbob,2026-03-11,2026-03-13\n",
    "quota.csv": "owner_kind,owner_id,kpi,starts_on,ends_on,amount\n"
    "rep,ann,calls_per_rep_day,2026-03-01,2026-03-31,20\n"
    "rep,bob,outbound_calls,2026-03-01,2026-03-31,220\n",
    "account.csv": f"account_id,name\nmill,{HOSTILE}\n",
    "lead.csv": "lead_id,created_at,channel,source,owner_id,account_id\n"
    "l1,2026-03-12T11:30:00Z,inbound,Web,ann,\n"
    "l2,2026-03-11T15:00:00Z,inbound,Web,bob,mill\n",
    "opportunity.csv": "opportunity_id,owner_id,name,created_at,expected_close_on,amount,currency\n"
    "o1,cid,Late mill,2026-02-01T08:00:00Z,2026-03-01,1000,EUR\n"
    "o2,cid,Early mill,2026-03-10T08:00:00Z,2026-06-01,500,EUR\n",
    "activity.csv": "\n".join(
        [
            "activity_id,kind,direction,occurred_at,booked_at,rep_id,account_id,contact_id,"
            "outcome,is_completed",
            *calls("ann", 12, 4),
            *calls("cid", 12, 3),
            *calls("cid", 5, 10),
            *calls("cid", 6, 10),
            "m1,meeting,outbound,2026-03-12T15:00:00Z,2026-03-02T08:00:00Z,cid,mill,,,false",
            "m2,meeting,outbound,2026-03-10T15:00:00Z,2026-03-02T08:00:00Z,cid,,pia,no_show,false",
            "t1,call,outbound,2026-03-11T08:00:00Z,2026-03-09T08:00:00Z,cid,,,,false",
            "t2,email,outbound,2026-03-12T14:00:00Z,2026-03-09T08:00:00Z,ann,,,,false",
        ]
    ),
    "contact.csv": "contact_id\npia\n",
}


@pytest.fixture(scope="module")
def opened_today(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    directory = tmp_path_factory.mktemp("today")
    Project.init(directory, "Mill")
    settings = directory / "foresail.toml"
    settings.write_text('zone = "Europe/Berlin"\n' + settings.read_text())
    for name, rows in TABLES.items():
        (directory / name).write_text(rows)
    with Project.open(directory) as found:
        assert isinstance(found, Project)
        found.load(*(directory / name for name in TABLES))
        yield found


@pytest.fixture
def mill(opened_today: Project) -> Iterator[Project]:
    hold(opened_today)
    yield opened_today
    hold(None)


def get(client: Client, address: str = f"/today/?{NOON}") -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_the_start_leads_to_today(client: Client, mill: Project) -> None:
    assert client.get("/").headers["Location"] == "/today/"


def test_pace_is_held_against_half_of_what_is_due(client: Client, mill: Project) -> None:
    page = text_of(get(client), "people")
    # Ann made 4 of 20, and half of them, 10, are expected by now; Cid has no target, and made
    # 20 calls in the 20 working days before: one a day is usual.
    assert "50 % of the working day has passed" in text_of(get(client), "pace")
    assert page.index("Ann") < page.index("Cid") < page.index("Bob")
    assert "of 20 due, 10 by now" in page
    assert "▼ 6 behind" in page
    assert "usually 1, 0.5 by now" in page
    assert "▲ above usual" in page
    assert "away" in page


def test_teams_have_the_sum_of_the_targets_that_are_set_for_a_month(
    client: Client, mill: Project
) -> None:
    # Bob's 220 calls in the 22 working days of March
    assert "of 10 due, 5 by now" in text_of(get(client), "teams")


def test_the_evening_says_what_is_short(client: Client, mill: Project) -> None:
    page = text_of(get(client, "/today/?as_of=2026-03-12T17:30"), "people")
    assert "▼ 16 short" in page
    assert "of 20 due" in page
    assert "by now" not in page


def test_who_waits_stands_with_the_time_left_or_over(client: Client, mill: Project) -> None:
    page = get(client)
    assert "Leads waiting for an answer · 2" in text_of(page, "waiting")
    in_time, over = text_of(page, "in-time"), text_of(page, "over")
    assert "l1 Ann Web 12 Mar 2026, 12:30 30 min ● 30 min left" in in_time
    # asked at four on Wednesday: an hour until five, and four more from nine to one
    assert "21 h ▲ over the limit 5" in over
    assert "&lt;script&gt;alert(1)" in page
    assert HOSTILE not in page


def test_who_waits_for_a_month_is_folded_away_and_leavers_are_marked(
    client: Client, mill: Project
) -> None:
    page = get(client, "/today/?as_of=2026-04-11T14:00")
    # l1, of 12 March at 11:30 UTC, waits for 30 days and half an hour. Bob, who has l2, has left.
    assert "Over the limit, for 30 days at most · 0" in text_of(page, "over")
    old = text_of(page, "old")
    assert "Waiting longer than 30 days · 2" in old
    assert "Bob has left: hand it over" in old
    assert "Ann Web" in old
    assert '<details class="fold-away" id="old-fold"><summary>Waiting longer' in page
    assert 'id="old"' not in get(client)


def test_each_list_has_its_count_its_rows_and_its_records(client: Client, mill: Project) -> None:
    page = get(client)
    assert "Late mill" in text_of(page, "overdue-deals")
    assert "Early mill" not in text_of(page, "overdue-deals")
    assert "Deals overdue · 1" in text_of(page, "overdue-deals")
    assert "● ahead" in text_of(page, "meetings")
    assert "1 still ahead" in text_of(page, "meetings")
    assert "Missed" in text_of(page, "no-shows")
    due = text_of(page, "follow-ups")
    assert "Follow-ups due today · 2" in due
    assert due.index("▼ overdue") < due.index("● ahead")
    assert f"/records/overdue_deals/?period=today&amp;{NOON}" in page


def test_on_a_day_off_the_last_working_day_is_shown(client: Client, mill: Project) -> None:
    page = get(client, "/today/?as_of=2026-03-15T12:00")
    said = text_of(page, "pace")
    assert "No work is due today. Shown is the last working day, Friday, 13 Mar 2026" in said
    assert "the next one is Monday, 16 Mar 2026" in said
    assert "Meetings until Monday, 16 Mar 2026 · 0" in text_of(page, "meetings")


def test_a_rep_sees_the_own_day(db: None, mill: Project) -> None:
    client = Client()
    client.force_login(Person.objects.create_user("ann@mill.example", role=Role.REP, rep_id="ann"))
    page = get(client)
    own = text_of(page, "own")
    assert "▼ 6 behind" in own
    assert "of 20 due, 10 by now" in own
    assert "Leads waiting for an answer · 1" in text_of(page, "waiting")
    assert "No open deal is past its expected close." in text_of(page, "overdue-deals")
    assert "Cid" not in page
    # Ann wrote no mail, as usual, and has none as a target: no 0 is held against her
    assert "Emails sent" not in own


def test_a_rep_whom_nobody_linked_is_told_so(db: None, mill: Project) -> None:
    client = Client()
    client.force_login(Person.objects.create_user("new@mill.example", role=Role.REP))
    assert "not linked to anybody" in text_of(get(client), "unlinked")


def test_a_viewer_sees_teams_and_nobodys_records(db: None, mill: Project) -> None:
    client = Client()
    client.force_login(Person.objects.create_user("eye@mill.example", role=Role.VIEWER))
    page = get(client)
    assert "North" in text_of(page, "teams")
    assert "Ann" not in page
    assert 'id="waiting"' not in page


def test_clocks_run_only_where_the_page_stands_at_this_moment(
    client: Client, mill: Project
) -> None:
    assert "data-since" not in get(client)
    assert '<time data-since="2026-03-11T15:00:00Z">' in get(client, "/today/")
