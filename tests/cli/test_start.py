"""What a question imports, and that it is answered alike by this process and by one that serves."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from foresail import __version__
from foresail.cli.answering import answered
from foresail.cli.words import folder_and_rest
from foresail.project import Project
from foresail.project.sharing import share
from tests.cli.program import environment, foresail

DEALS = """\
opportunity_id,owner_id,created_at,closed_at,outcome,amount
1,ann,2017-02-01,2017-02-20,won,100
2,ann,2017-02-02,2017-02-21,lost,
3,bob,2017-02-03,2017-02-22,won,50.5
"""
WHEN = ("--period", "2017-02", "--as-of", "2017-12-31")
QUESTION = ("ask", "win_rate", "deals_won", "--by", "rep", "--compare", "previous", *WHEN)
ROWS = (
    "ann,ann,0.5,1,2,0.09453120573423074,0.9054687942657693,,,1,0,1,",
    "bob,bob,1.0,1,1,0.20654931437723745,1.0,,,1,0,1,",
)

HEAVY = {
    "asyncio",
    "django",
    "holidays",
    "ibis",
    "pandas",
    "pydantic_settings",
    "rich",
    "sqlglot",
}
"""What no question needs whose plan is known, and whose answer is for programs."""

IMPORTED = """
import sys
from foresail.cli.program import run
status = run(sys.argv[1:])
print(*sorted(sys.modules), file=sys.stderr)
sys.exit(status)
"""


def imported(*words: str, folder: Path) -> tuple[list[str], set[str]]:
    """The lines that a command prints, and the modules that its process has at the end."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, *words],
        cwd=folder,
        env=environment(FORESAIL_CACHE=os.environ.get("FORESAIL_CACHE", str(folder / "cache"))),
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout.splitlines(), set(done.stderr.splitlines()[-1].split())


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("start")
    Project.init(found, "Hill")
    (found / "opportunity.csv").write_text(DEALS)
    with Project.open(found) as project:
        project.load(found / "opportunity.csv")
        assert project.ask("win_rate", "deals_won", by="rep", period="2017-02", compare="previous")
    return found


@pytest.fixture
def served(loaded: Path, tmp_path: Path) -> Iterator[Path]:
    """A project that this process serves."""
    folder = shutil.copytree(loaded, tmp_path / "served")
    project = Project.open(folder)
    assert isinstance(project, Project)
    with project, share(project, commands=answered):
        yield folder


def test_a_question_with_a_known_plan_imports_nothing_that_it_does_not_need(loaded: Path) -> None:
    lines, modules = imported(*QUESTION, "--format", "csv", folder=loaded)
    assert tuple(lines[1:]) == ROWS
    assert {"duckdb", "pyarrow"} <= modules
    assert {each for each in modules if each.partition(".")[0] in HEAVY} == set()
    assert "pyarrow.dataset" not in modules
    assert {each for each in modules if each.startswith("foresail.web")} == set()


def test_a_question_that_a_server_answers_imports_the_standard_library_alone(served: Path) -> None:
    lines, modules = imported(*QUESTION, "--format", "csv", folder=served)
    assert tuple(lines[1:]) == ROWS
    others = {each.partition(".")[0] for each in modules} - sys.stdlib_module_names
    assert {each for each in others if not each.startswith("_")} == {"foresail"}


@pytest.mark.parametrize(
    "words",
    [
        (*QUESTION, "--totals"),
        (*QUESTION, "--format", "json", "--order=-deals_won", "--limit", "1"),
        ("records", "deals_won", *WHEN),
        ("explain", "win_rate", "--period", "2017-02", "--as-of", "2017-12-31"),
        ("ask", "win_rte", *WHEN),
        ("ask", "win_rate", "--perod", "2017-02"),
    ],
    ids=lambda words: " ".join(words)[:40],
)
def test_a_server_and_the_project_itself_print_the_same(
    loaded: Path, served: Path, words: tuple[str, ...]
) -> None:
    itself, by_server = foresail(*words, folder=loaded), foresail(*words, folder=served)
    told = (by_server.stdout, by_server.stderr, by_server.returncode)
    assert told == (itself.stdout, itself.stderr, itself.returncode)


def test_tables_are_as_wide_and_as_colourful_as_the_screen_of_whoever_asks(served: Path) -> None:
    narrow = foresail(*QUESTION, folder=served, COLUMNS="40").stdout.splitlines()
    assert narrow[:2] == ["February 2017 (20 working days)", "as of 31 Dec 2017"]
    wide = foresail(*QUESTION, folder=served, COLUMNS="100").stdout
    assert wide.splitlines()[0].startswith("February 2017 (20 working days) · as of 31 Dec 2017")
    assert "\x1b[" not in wide
    assert "\x1b[" in foresail(*QUESTION, folder=served, FORCE_COLOR="1", TERM="xterm").stdout


def test_a_command_of_another_version_and_one_that_changes_something_are_not_run(
    loaded: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(loaded, tmp_path / "asked")
    with Project.open(folder) as project:
        assert isinstance(project, Project)
        asked = {"version": __version__, "words": ["ask", "deals_won", *WHEN, "--format", "csv"]}
        assert (answered(project, asked) or b"").startswith(b"12\ndeals_won\n2\nNote: ")
        assert answered(project, {**asked, "version": "0.0.0"}) is None
        assert answered(project, {**asked, "words": ["refresh"]}) is None
        assert answered(project, {**asked, "words": []}) is None
        assert answered(project, []) is None


def test_the_last_folder_that_is_named_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORESAIL_PROJECT", "/of/the/environment")
    words = ["--project=/first", "ask", "win_rate", "--project", "/second"]
    assert folder_and_rest(words) == (Path("/second"), ["ask", "win_rate"])
    assert folder_and_rest(["ask"]) == (Path("/of/the/environment"), ["ask"])
