"""A small project that the pages show: three sellers in March 2026, one of them hostile."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest
from django.test import Client

from foresail.project import Project
from foresail.web.current import hold
from foresail.web.people.models import Person
from foresail.web.people.rights import Role

HOSTILE = "<img src=x onerror=alert(1)>"
FORMULA = "=HYPERLINK(1)"
TABLES = {
    "rep.csv": f"""\
rep_id,name,team,role,hired_on
0017,Ann,North,ae,2025-01-01
bob,Bob,South & West,ae,2025-01-01
eve,{HOSTILE},O'Brien <b>,ae,2025-01-01
""",
    # March: Ann won 2 of 3, Bob 0 of 1, the hostile one 1 of 1. February: Ann won 1 of 2.
    "opportunity.csv": f"""\
opportunity_id,owner_id,name,created_at,closed_at,outcome,amount,currency,product
o1,0017,Mill,2026-02-01,2026-03-05,won,1000,EUR,Loom
o2,0017,Mine,2026-02-01,2026-03-06,lost,,EUR,Loom
o3,0017,Dock,2026-02-11,2026-03-10,won,500,EUR,
o4,bob,Farm,2026-02-11,2026-03-12,lost,,EUR,Loom
o5,eve,{FORMULA},2026-02-11,2026-03-15,won,250,EUR,Loom
o6,0017,Barn,2026-01-10,2026-02-10,won,90,EUR,Loom
o7,0017,Quay,2026-01-10,2026-02-11,lost,,EUR,Loom
""",
    # March: Ann reached 1 of 2, Bob 0 of 1.
    "activity.csv": """\
activity_id,kind,direction,occurred_at,rep_id,outcome,is_completed
a1,call,outbound,2026-03-02T09:00:00Z,0017,connected,true
a2,call,outbound,2026-03-03T09:00:00Z,0017,no_answer,true
a3,call,outbound,2026-03-04T09:00:00Z,bob,no_answer,true
a4,meeting,outbound,2026-03-05T09:00:00Z,bob,held,true
""",
}
MARCH = "period=2026-03"


def write_project(directory: Path, tables: dict[str, str]) -> None:
    Project.init(directory, "Hill & Sons")
    settings = directory / "foresail.toml"
    own = 'demo = true\nas_of = 2026-03-31\nzone = "Europe/Berlin"\n'
    settings.write_text(own + settings.read_text())
    for name, text in tables.items():
        (directory / name).write_text(text)
    with Project.open(directory) as project:
        if tables:
            project.load(*(directory / name for name in tables))


@pytest.fixture(scope="session")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("hill")
    write_project(found, TABLES)
    return found


@pytest.fixture(scope="session")
def opened(directory: Path) -> Iterator[Project]:
    project = Project.open(directory)
    assert isinstance(project, Project)
    yield project
    project.close()


@pytest.fixture(autouse=True)
def quick_hashes(settings: Any) -> None:
    """Hash passwords in no time: that it takes long elsewhere is Django's matter."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def admin(db: None) -> Person:
    return Person.objects.create_user("ada@hill.example", "window box 3", role=Role.ADMIN)


@pytest.fixture
def client(client: Client, admin: Person) -> Client:
    """A browser in which the admin has come in."""
    client.force_login(admin)
    return client


@pytest.fixture
def project(opened: Project) -> Iterator[Project]:
    hold(opened)
    yield opened
    hold(None)


@dataclass(frozen=True)
class Served:
    """A project that a process of its own serves."""

    directory: Path
    process: subprocess.Popen[str]
    address: str

    def visitor(self, role: str = "admin") -> OpenerDirector:
        """What opens pages as somebody who came into the demo."""
        opener = build_opener(HTTPCookieProcessor())
        with opener.open(f"{self.address}accounts/login/") as page:
            (token,) = set(re.findall(r'csrfmiddlewaretoken" value="(\w+)"', page.read().decode()))
        body = urlencode({"csrfmiddlewaretoken": token}).encode()
        opener.open(f"{self.address}demo/{role}/", body).close()
        return opener


@contextmanager
def serving(
    directory: Path, *, host: str = "127.0.0.1", allowed: Sequence[str] = ()
) -> Iterator[Served]:
    program = (
        "import sys; from pathlib import Path; from foresail.web.serve import run; "
        "run(Path(sys.argv[1]), sys.argv[2], 0, allowed=sys.argv[3:], "
        "ready=lambda at: print(at, flush=True))"
    )
    kept = {
        name: each
        for name, each in os.environ.items()
        if not name.startswith("FORESAIL_") or name == "FORESAIL_CACHE"
    }
    with subprocess.Popen(
        [sys.executable, "-c", program, str(directory), host, *allowed],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=kept,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address, process.communicate(timeout=60)[1]
        try:
            yield Served(directory, process, address)
        finally:
            process.terminate()
            process.communicate(timeout=60)


@pytest.fixture
def empty_project(tmp_path: Path) -> Iterator[Project]:
    write_project(tmp_path, {})
    found = Project.open(tmp_path)
    assert isinstance(found, Project)
    hold(found)
    yield found
    hold(None)
    found.close()


@pytest.fixture
def paged(tmp_path: Path) -> Iterator[Project]:
    """A project with more records than a page takes."""
    calls = "\n".join(
        f"{number},call,outbound,2026-03-02T09:00:00Z,bob,no_answer,true" for number in range(120)
    )
    head = TABLES["activity.csv"].partition("\n")[0]
    write_project(tmp_path, {"rep.csv": TABLES["rep.csv"], "activity.csv": f"{head}\n{calls}\n"})
    found = Project.open(tmp_path)
    assert isinstance(found, Project)
    hold(found)
    yield found
    hold(None)
    found.close()
