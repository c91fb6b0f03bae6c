"""Files come in by the browser: looked at, mapped, tried, loaded; what fails is tried again."""

from __future__ import annotations

import io
import json
import os
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from foresail.project import Project
from foresail.web.people.models import Entry, Person
from foresail.web.people.rights import Role

DEALS = (
    b"Deal ID,Deal Owner,Amount,Create Date,Close Date,Deal Stage\n"
    b"1,Ann,100,2026-01-05,2026-02-05,Closed Won\n"
    b"2,Bob,2x0,2026-01-06,2026-02-06,Closed Lost\n"
    b"3,<b>Eve</b>,300,2026-01-07,2026-02-07,Closed Won\n"
)
pytestmark = pytest.mark.django_db


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def upload(client: Client, *files: SimpleUploadedFile) -> Any:
    return client.post("/data/uploads/", {"files": list(files)})


def drafts(project: Project) -> list[Path]:
    return list((project.directory / "uploads").glob("*"))


def said(project: Project) -> dict[str, Any]:
    (folder,) = drafts(project)
    found: dict[str, Any] = json.loads((folder / "draft.json").read_text())["said"]
    return found


def count(project: Project, table: str) -> int:
    ((rows,),) = (
        project.warehouse.cursor().execute(f"select count(*) from canonical.{table}").fetchall()
    )
    return int(rows)


def test_a_csv_is_mapped_tried_loaded_and_its_rows_tried_again(
    client: Client, empty_project: Project
) -> None:
    page = client.get("/data/").content.decode()
    assert "Upload, and look at them" in page
    address = upload(client, file("crm deals.csv", DEALS)).headers["Location"]
    page = client.get(address).content.decode()
    assert "3 rows" in page
    assert "&lt;b&gt;Eve&lt;/b&gt;" in page
    assert "<b>Eve" not in page
    form = {"way": "guess", "chosen": "1", "table-0": "opportunity", "name": "crm", "keep": "on"}
    filled = {
        "opportunity_id": "guess",
        "owner_id": "column:1",
        "amount": "column:2",
        "created_at": "guess",
        "closed_at": "guess",
        "outcome": "guess",
        "pipeline": "text",
    }
    form |= {f"field-0-{name}": by for name, by in filled.items()}
    form |= {"value-0-pipeline": "EU's"}
    client.post(address, {**form, "act": "try"})
    (table,) = said(empty_project)["tables"]
    assert table["counts"] == [3, 2, 0, 0, 1]
    assert table["reasons"] == [["amount is not an amount", 1]]
    assert count(empty_project, "opportunity") == 0
    assert "amount is not an amount" in client.get(address).content.decode()
    toml = client.get(f"{address}mapping.toml").content.decode()
    assert "pipeline = \"'EU''s'\"" in toml
    loaded = client.post(address, {**form, "act": "load"})
    assert loaded.headers["Location"] == "/data/loads/1/"
    assert drafts(empty_project) == []
    rows = (
        empty_project.warehouse.cursor()
        .execute(
            "select opportunity_id, owner_id, amount, outcome, pipeline from canonical.opportunity "
            "order by 1"
        )
        .fetchall()
    )
    assert rows == [("1", "Ann", 100, "won", "EU's"), ("3", "<b>Eve</b>", 300, "won", "EU's")]
    assert empty_project.loads()[0].by == "ada@hill.example"
    assert Entry.objects.filter(what="loaded data", who="ada@hill.example").count() == 1
    page = client.get("/data/loads/1/").content.decode()
    assert "amount is not an amount" in page

    mapping = empty_project.directory / "mappings" / "crm.toml"
    text = mapping.read_text()
    assert 'amount = "Amount"' in text
    mapping.write_text(text.replace('amount = "Amount"', "amount = \"replace(Amount, 'x', '5')\""))
    page = client.get("/data/quarantine/?load=1").content.decode()
    assert "amount: &#x27;2x0&#x27; is not an amount" in page
    assert "Deal Owner: Bob" in page
    again = client.post(
        "/data/quarantine/again/", {"load": "1", "reason": "amount is not an amount"}
    )
    assert again.headers["Location"] == "/data/loads/2/"
    assert count(empty_project, "opportunity") == 3
    assert empty_project.set_aside() == []

    address = upload(client, file("crm deals.csv", DEALS)).headers["Location"]
    assert 'value="kept:crm" checked' in client.get(address).content.decode()
    client.post(address, {"way": "kept:crm", "act": "load"})
    assert empty_project.loads()[0].unchanged == 3


def test_a_file_named_after_a_table_needs_no_mapping(
    client: Client, empty_project: Project
) -> None:
    address = upload(client, file("rep.csv", b"rep_id,name\n1,Ann\n")).headers["Location"]
    assert 'value="names" checked' in client.get(address).content.decode()
    client.post(address, {"way": "names", "act": "load"})
    assert count(empty_project, "rep") == 1


def test_two_uploads_at_once_are_two_drafts(client: Client, empty_project: Project) -> None:
    one = upload(client, file("rep.csv", b"rep_id,name\n1,Ann\n")).headers["Location"]
    other = upload(client, file("rep.csv", b"rep_id,name\n2,Bob\n")).headers["Location"]
    assert one != other
    client.post(other, {"way": "names", "act": "load"})
    client.post(one, {"way": "names", "act": "load"})
    assert count(empty_project, "rep") == 2


def test_a_draft_is_its_owners_alone_and_goes_after_a_day(
    client: Client, empty_project: Project
) -> None:
    address = upload(client, file("rep.csv", b"rep_id,name\n1,Ann\n")).headers["Location"]
    other = Client()
    other.force_login(Person.objects.create_user("x@hill.example", "window 3", role=Role.ANALYST))
    assert other.get(address).status_code == 404
    assert other.post(address, {"act": "load"}).status_code == 404
    (folder,) = drafts(empty_project)
    old = time.time() - 25 * 3600
    os.utime(folder, (old, old))
    upload(other, file("rep.csv", b"rep_id,name\n1,Ann\n"))
    assert folder not in drafts(empty_project)
    assert client.get(address).status_code == 404


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rep.csv", bytes(250 * 10**6))
    return packed.getvalue()


def many() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(1001):
            archive.writestr(f"{number}.csv", b"a\n1\n")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rep.csv", b"", "empty"),
        ("rep.exe", b"MZ", "of no kind that can be loaded"),
        ("rep.zip", b"PK no", "not a zip archive"),
        ("rep.zip", bomb, "would grow to"),
        ("rep.zip", many, "1001 files"),
        ("rep.csv.gz", b"\x1f\x8b no", "cannot be unpacked"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_with_the_reason(
    client: Client, empty_project: Project, name: str, content: Any, words: str
) -> None:
    response = upload(client, file(name, content() if callable(content) else content))
    assert response.headers["Location"] == "/data/"
    assert words in client.get("/data/").content.decode()
    assert drafts(empty_project) == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rep.csv", b"\x89PNG\r\n\x1a\n" + bytes(99), "is a PNG image"),
        ("rep.xlsx", b"rep_id\n1\n", "cannot be read as a workbook"),
        ("rep.parquet", b"rep_id\n1\n", "cannot be read as parquet"),
        ("rep.csv", b"rep_id," * 2_001 + b"x\n1\n", "no more than 2000 work"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_told(
    client: Client, empty_project: Project, name: str, content: bytes, words: str
) -> None:
    address = upload(client, file(name, content)).headers["Location"]
    client.post(address, {"way": "names", "act": "load"})
    assert words in client.get(address).content.decode()
    assert empty_project.loads() == []


def test_a_name_is_never_a_path(client: Client, empty_project: Project) -> None:
    upload(client, file("../../../rep.csv", b"rep_id,name\n1,Ann\n"))
    (folder,) = drafts(empty_project)
    assert {each.name for each in folder.iterdir()} == {"0", "draft.json"}
    assert client.get("/data/uploads/..%2f..%2fetc/").status_code == 404


HOSTILE = (
    "(select content from read_text('/etc/passwd'))",
    "(select max(column0) from read_csv('/etc/passwd'))",
    "id); copy (select 1) to '/tmp/foresail-hostile'; select (1",
    "(attach '/tmp/foresail-hostile')",
    "install httpfs",
    "pragma_database_list()",
    "(select max(a) from 'http://127.0.0.1:9/a.csv')",
    "getenv('HOME')",
)


@pytest.mark.parametrize("expression", HOSTILE)
def test_an_admins_sql_reaches_nothing_but_the_file(
    client: Client, empty_project: Project, expression: str
) -> None:
    address = upload(client, file("people.csv", b"id,name\n1,Ann\n2,Bob\n")).headers["Location"]
    form = {"way": "guess", "chosen": "1", "table-0": "rep", "act": "load"}
    client.post(address, {**form, "act": "look"})
    form |= {"field-0-rep_id": "column:0", "field-0-name": "sql", "value-0-name": expression}
    client.post(address, form)
    assert "error" in said(empty_project)
    assert count(empty_project, "rep") == 0
    assert not Path("/tmp/foresail-hostile").exists()


def test_only_admins_write_sql(client: Client, admin: Person, empty_project: Project) -> None:
    admin.role = Role.ANALYST
    admin.save()
    address = upload(client, file("people.csv", b"id,name\n1,Ann\n2,Bob\n")).headers["Location"]
    client.post(address, {"way": "guess", "chosen": "1", "table-0": "rep", "act": "look"})
    assert "SQL over" not in client.get(address).content.decode()
    form = {"way": "guess", "chosen": "1", "table-0": "rep", "act": "load"}
    form |= {"field-0-rep_id": "column:0", "field-0-name": "sql", "value-0-name": "upper(name)"}
    client.post(address, form)
    rows = empty_project.warehouse.cursor().execute(
        "select rep_id, name from canonical.rep order by 1"
    )
    assert rows.fetchall() == [("1", None), ("2", None)]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REP, Role.VIEWER])
def test_others_may_not_come_here(
    client: Client, admin: Person, project: Project, role: Role
) -> None:
    admin.role, admin.rep_id = role, "0017"
    admin.save()
    for address in ("/data/", "/data/quarantine/", "/data/loads/1/", "/data/uploads/abc/"):
        assert client.get(address).status_code == 403
    assert upload(client, file("rep.csv", b"rep_id\n1\n")).status_code == 403


def test_the_page_tells_tables_loads_and_findings(client: Client, project: Project) -> None:
    page = client.get("/data/").content.decode()
    assert "Load 1" in page
    assert "opportunity" in page
    assert "KPIs can be answered" in page
    health = project.health()
    for each in health.findings:
        rows = client.get(f"/data/findings/{each.check}/").content.decode()
        assert f"{each.n:,} of {each.rows:,} rows" in rows
    assert client.get("/data/findings/nothing/").status_code == 404
