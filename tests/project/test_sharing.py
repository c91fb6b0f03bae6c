"""One process holds the warehouse; others hand it their work and get the same answers."""

import http.client
import inspect
import json
import shutil
import stat
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from foresail.core.errors import BusyError, ProjectError, QuestionError, SourceError
from foresail.project import Project, remote
from foresail.project.notice import OWNER_FILE, Owner
from foresail.project.remote import RemoteProject
from foresail.project.sharing import METHODS, Sharing, share

DEALS = """\
opportunity_id,owner_id,created_at,closed_at,outcome,amount
1,ann,2017-02-01,2017-02-20,won,100
2,ann,2017-02-02,2017-02-21,lost,
3,bob,2017-02-03,2017-02-22,won,50.5
4,bob,2017-02-04,no date,won,1
"""
QUESTION: dict[str, Any] = {"period": "2017-02", "as_of": "2017-12-31"}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    Project.init(tmp_path, "Hill")
    (tmp_path / "opportunity.csv").write_text(DEALS)
    return tmp_path


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the deals in it, made once; each test has a copy of it."""
    found = tmp_path_factory.mktemp("loaded")
    Project.init(found, "Hill")
    (found / "opportunity.csv").write_text(DEALS)
    with Project.open(found) as project:
        project.load(found / "opportunity.csv")
    return found


@pytest.fixture
def project(directory: Path, loaded: Path) -> Iterator[Project]:
    shutil.copytree(loaded, directory, dirs_exist_ok=True)
    opened = Project.open(directory)
    assert isinstance(opened, Project)
    yield opened
    opened.close()


@pytest.fixture
def sharing(project: Project) -> Iterator[Sharing]:
    with share(project, "http://127.0.0.1:8000/") as shared:
        yield shared


@pytest.fixture
def caller(sharing: Sharing, directory: Path) -> RemoteProject:
    found = remote.connect(directory)
    assert found is not None
    return found


def post(sharing: Sharing, body: Any, path: str = "/call", **headers: str) -> tuple[int, Any]:
    """The status and JSON of a request as any program of this machine might send it."""
    sent = {"Authorization": f"Bearer {sharing.token}", **headers}
    connection = http.client.HTTPConnection("127.0.0.1", sharing.port, timeout=10)
    try:
        connection.request("POST", path, json.dumps(body), sent)
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


HELLO = {"method": "hello", "kwargs": {}}


def test_an_answer_of_the_owner_equals_ones_own(project: Project, caller: RemoteProject) -> None:
    for more in ({}, {"by": "rep", "totals": True}, {"by": ["rep"], "grain": "month"}):
        local = project.ask("win_rate", "revenue", **QUESTION, **more)
        assert caller.ask("win_rate", "revenue", **QUESTION, **more) == local


def test_so_do_records_explanations_catalogue_loads_and_quarantine(
    project: Project, caller: RemoteProject
) -> None:
    assert caller.records("revenue", **QUESTION) == project.records("revenue", **QUESTION)
    assert caller.explain("win_rate", **QUESTION) == project.explain("win_rate", **QUESTION)
    staged = caller.explain("win_rate", **QUESTION, with_plan=True)
    assert staged == project.explain("win_rate", **QUESTION, with_plan=True)
    assert caller.kpis() == project.kpis()
    assert caller.loads() == project.loads()
    assert caller.quarantine() == project.quarantine() != []


def test_the_owner_loads_what_the_caller_names(
    directory: Path, caller: RemoteProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(directory)
    said: list[tuple[str, float | None]] = []
    report = caller.load("opportunity.csv", progress=lambda *each: said.append(each))
    assert [(each.read, each.unchanged) for each in report.tables] == [(4, 3)]
    assert [done for _, done in said] == [None]


def test_an_error_arrives_as_the_same_class_and_message(caller: RemoteProject) -> None:
    with pytest.raises(QuestionError, match="Did you mean win_rate"):
        caller.ask("win_rte")
    with pytest.raises(SourceError, match="nowhere"):
        caller.load("/nowhere/opportunity.csv")


def test_a_fault_of_the_owner_keeps_its_insides(
    caller: RemoteProject, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ProjectError, match="its log says why"):
        caller.call("ask", kpis=["win_rate"], perod="2017")
    assert "perod" in caplog.text


def test_many_may_ask_at_once(project: Project, caller: RemoteProject) -> None:
    local = project.ask("win_rate", by="rep", **QUESTION)
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda _: caller.ask("win_rate", by="rep", **QUESTION), range(64)))
    assert found == [local] * 64


def test_the_notice_is_for_ones_own_eyes_and_goes_at_the_end(
    project: Project, directory: Path
) -> None:
    with share(project):
        mode = (directory / OWNER_FILE).stat().st_mode
        assert stat.S_IMODE(mode) == 0o600
    assert [each.name for each in directory.glob(".foresail-owner*")] == []


def test_the_notice_of_another_owner_is_left_alone(project: Project, directory: Path) -> None:
    with share(project):
        (directory / OWNER_FILE).write_text('{"token": "another"}')
    assert (directory / OWNER_FILE).exists()


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", "Basic ünknown"])
def test_a_missing_or_wrong_token_is_refused(sharing: Sharing, given: str) -> None:
    assert post(sharing, HELLO, Authorization=given.encode().decode("latin-1"))[0] == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:80"},
        {"Host": ""},
        {"Origin": "http://127.0.0.1:8000"},
        {"Origin": "null"},
    ],
)
def test_a_page_in_a_browser_is_refused_even_with_the_token(
    sharing: Sharing, headers: dict[str, str]
) -> None:
    assert post(sharing, HELLO, **headers)[0] == 403


@pytest.mark.parametrize("method", ["close", "init", "open", "__init__", "directory", ""])
def test_only_listed_methods_can_be_called(sharing: Sharing, method: str) -> None:
    assert post(sharing, {"method": method, "kwargs": {}})[0] == 404


@pytest.mark.parametrize(
    "body", [[], {}, {"method": 1, "kwargs": {}}, {"method": "ask"}, {"method": "x", "kwargs": []}]
)
def test_what_is_no_call_is_refused(sharing: Sharing, body: Any) -> None:
    assert post(sharing, body)[0] == 400


@pytest.mark.parametrize("length", [None, "99999999", "1" * 5000, "-1", "x"])
def test_a_body_that_is_too_long_or_of_unknown_length_is_refused(
    sharing: Sharing, length: str | None
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", sharing.port, timeout=10)
    connection.putrequest("POST", "/call")
    if length:
        connection.putheader("Content-Length", length)
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_another_path_or_method_finds_nothing(sharing: Sharing) -> None:
    assert post(sharing, HELLO, path="/")[0] == 404
    connection = http.client.HTTPConnection("127.0.0.1", sharing.port, timeout=10)
    connection.request("GET", "/call")
    assert connection.getresponse().status == 501
    connection.close()


def test_without_a_live_owner_there_is_no_project_to_call(directory: Path, tmp_path: Path) -> None:
    notice = directory / OWNER_FILE
    assert remote.connect(directory) is None
    for text in ("", "[]", '{"pid": 1}', '{"port": 9, "pid": 4194304, "token": "x"}'):
        notice.write_text(text)
        assert remote.connect(directory) is None


def test_a_notice_that_outlived_its_owner_is_no_owner(project: Project, directory: Path) -> None:
    with share(project):
        left = (directory / OWNER_FILE).read_text()
    (directory / OWNER_FILE).write_text(left)
    assert remote.connect(directory) is None


def test_an_owner_of_another_version_is_named(
    sharing: Sharing, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "__version__", "9.9")
    with pytest.raises(BusyError, match="runs Foresail 0"):
        remote.connect(directory)


def test_an_owner_that_went_away_is_said(directory: Path) -> None:
    caller = RemoteProject(directory, Owner(port=9, pid=1, token="x"))
    with pytest.raises(ProjectError, match="does not answer"):
        caller.loads()


@pytest.mark.parametrize("method", METHODS)
def test_both_projects_take_the_same_arguments(method: str) -> None:
    own = inspect.signature(getattr(Project, method)).parameters.values()
    remotely = inspect.signature(getattr(RemoteProject, method)).parameters.values()
    assert [(each.name, each.kind, each.default) for each in remotely] == [
        (each.name, each.kind, each.default) for each in own
    ]


SERVER = """
    import sys
    from foresail.project import Project
    from foresail.project.sharing import share

    project = Project.open(sys.argv[1])
    with share(project):
        print("ready", flush=True)
        sys.stdin.read()
    project.close()
"""


def test_another_process_that_holds_the_warehouse_answers_for_it(directory: Path) -> None:
    own = Project.open(directory)
    own.load(directory / "opportunity.csv")
    local = own.ask("win_rate", by="rep", **QUESTION)
    own.close()
    command = [sys.executable, "-c", textwrap.dedent(SERVER), str(directory)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        opened = Project.open(directory)
        assert isinstance(opened, RemoteProject)
        assert opened.owner.pid == server.pid
        assert opened.ask("win_rate", by="rep", **QUESTION) == local
        server.communicate()
    assert server.returncode == 0
    reopened = Project.open(directory)
    assert isinstance(reopened, Project)
    reopened.close()
