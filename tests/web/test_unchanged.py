"""A browser that has a page already is told so, until anything on it may be another."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from foresail.project import Project
from foresail.web.current import hold
from foresail.web.people.models import Person
from foresail.web.saved.models import SavedView
from tests.web.conftest import MARCH, TABLES, write_project

BOARD = f"/scoreboard/?{MARCH}&kpi=revenue"
NEW = """\
opportunity_id,owner_id,created_at,closed_at,outcome,amount,currency
x,bob,2026-03-01,2026-03-09,won,7,EUR
"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Project]:
    """A project that a test may load more into."""
    write_project(tmp_path, TABLES)
    with Project.open(tmp_path) as project:
        assert isinstance(project, Project)
        hold(project)
        yield project
    hold(None)


@pytest.fixture
def again(client: Client) -> Callable[..., tuple[int, int]]:
    """What a browser that has a page is told on asking again, after something happened."""

    def ask(happens: Callable[[], object] = lambda: None, page: str = BOARD) -> tuple[int, int]:
        client.get(page)  # gives the cookie of forms, without which they would be refused
        first = client.get(page)
        happens()
        second = client.get(page, headers={"if-none-match": first["ETag"]})
        return second.status_code, len(second.content)

    return ask


def test_nothing_is_sent_again_while_nothing_changed(
    own: Project, again: Callable[..., tuple[int, int]]
) -> None:
    assert again() == (304, 0)
    assert again(page="/today/") == (304, 0)
    assert again(lambda: own.ask("revenue", period="2026-03")) == (304, 0)


def test_new_data_and_only_those_make_the_page_anew(
    own: Project, tmp_path: Path, again: Callable[..., tuple[int, int]], client: Client
) -> None:
    new = tmp_path / "more" / "opportunity.csv"
    new.parent.mkdir()
    new.write_text(NEW)
    status, length = again(lambda: own.load(new))
    assert status == 200
    assert length > 1000
    assert "1,757" in client.get(BOARD).content.decode()
    assert again(lambda: own.load(new, dry_run=True)) == (304, 0)


def test_what_people_keep_makes_the_page_anew(
    own: Project, again: Callable[..., tuple[int, int]], admin: Person
) -> None:
    def save() -> None:
        SavedView.objects.create(owner=admin, name="Mine", page="scoreboard")

    assert again(save)[0] == 200
    assert again(lambda: Person.objects.filter(pk=admin.pk).update(name="Other"))[0] == 200
    assert again() == (304, 0)


def test_the_page_of_uploads_is_made_each_time_for_files_wait_there(
    own: Project, client: Client
) -> None:
    before = client.get("/data/")
    assert "ETag" not in before
    upload = SimpleUploadedFile("later.csv", NEW.encode())
    client.post("/data/uploads/", {"files": upload})
    after = client.get("/data/", headers={"if-none-match": "*"})
    assert "later.csv" not in before.content.decode()
    assert "later.csv" in after.content.decode()


def test_another_question_form_or_part_is_another_page(own: Project, client: Client) -> None:
    client.get(BOARD)
    known = {"if-none-match": client.get(BOARD)["ETag"]}
    assert client.get(BOARD, headers=known).status_code == 304
    assert client.get(f"{BOARD}&compare=previous", headers=known).status_code == 200
    assert client.get(BOARD, headers={**known, "hx-request": "true"}).status_code == 200
    assert client.get(f"{BOARD}&as_of=2026-03-30", headers=known).status_code == 200


def test_a_file_is_made_each_time_for_it_is_put_on_record(own: Project, client: Client) -> None:
    answer = client.get(f"{BOARD}&format=csv")
    assert answer.status_code == 200
    assert "ETag" not in answer


def test_the_page_of_another_person_or_of_nobody_is_never_taken_for_ones_own(
    own: Project, client: Client, admin: Person
) -> None:
    client.get(BOARD)
    tag = client.get(BOARD)["ETag"]
    assert client.get(BOARD, headers={"if-none-match": tag}).status_code == 304
    other = Client()
    assert other.get(BOARD, headers={"if-none-match": tag}).status_code == 302
    someone = Person.objects.create_user("vic@hill.example", "window box 3", role="viewer")
    other.force_login(someone)
    assert other.get(BOARD, headers={"if-none-match": tag}).status_code == 200
    Person.objects.filter(pk=admin.pk).update(is_active=False)
    assert client.get(BOARD, headers={"if-none-match": tag}).status_code == 302


def test_who_lost_the_cookie_of_forms_is_given_another_with_the_page(
    own: Project, client: Client
) -> None:
    client.get(BOARD)
    tag = client.get(BOARD)["ETag"]
    del client.cookies["csrftoken"]
    answer = client.get(BOARD, headers={"if-none-match": tag})
    assert answer.status_code == 200
    assert "csrftoken" in answer.cookies


def test_changed_settings_make_the_page_anew(
    own: Project, again: Callable[..., tuple[int, int]]
) -> None:
    changed = own.settings.model_copy(update={"name": "Dale & Daughters"})
    assert again(lambda: hold(own.with_settings(changed)))[0] == 200
