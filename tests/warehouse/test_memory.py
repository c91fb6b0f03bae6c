"""What a warehouse may take of the memory: what does not fit goes to disk, or is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from foresail.core.errors import ProjectError, QuestionError
from foresail.engine.sessions import Sessions
from foresail.warehouse import Settings, Warehouse
from foresail.warehouse import memory as module
from foresail.warehouse.memory import memory_limit

GIB = 2**30
SMALL = Settings.model_validate({"warehouse": {"memory_limit": "64MiB", "threads": 1}})
SPILLING = "select count(*) as n from (select i, i % 7 from range(3000000) t(i) group by all)"
IN_ONE_PIECE = "select len(list(i)) as n from range(30000000) t(i)"


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    found = Warehouse.open(tmp_path, SMALL)
    with found.writing() as cursor:
        cursor.execute("create or replace table fact.span as select date '2026-01-01' as first_on")
    yield found
    found.close()


@pytest.mark.parametrize(
    ("machine", "limit"), [(24 * GIB, "8192MiB"), (16 * GIB, "8192MiB"), (4 * GIB, "2048MiB")]
)
def test_half_of_the_memory_is_taken_at_most_and_never_more_than_8_gib(
    monkeypatch: pytest.MonkeyPatch, machine: int, limit: str
) -> None:
    monkeypatch.setattr(module, "machine_memory", lambda: machine)
    assert memory_limit("") == limit
    assert memory_limit("3GB") == "3GB"


def test_a_container_may_have_less_than_the_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whole = module.machine_memory()
    (tmp_path / "max").write_text("max\n")
    (tmp_path / "less").write_text(f"{whole // 4}\n")
    monkeypatch.setattr(module, "OF_CONTAINERS", (tmp_path / "max", tmp_path / "none"))
    assert module.machine_memory() >= whole
    monkeypatch.setattr(module, "OF_CONTAINERS", (tmp_path / "max", tmp_path / "less"))
    assert module.machine_memory() == whole // 4


def test_the_limit_is_set_and_a_wrong_one_is_told(warehouse: Warehouse, tmp_path: Path) -> None:
    asked = "select current_setting('memory_limit'), current_setting('temp_directory')"
    assert warehouse.cursor().execute(asked).fetchone() == (
        "64.0 MiB",
        str(tmp_path / "warehouse.tmp"),
    )
    with pytest.raises(ProjectError, match=r"warehouse.memory_limit: 'lots' is no size of memory"):
        Settings.parsed('[warehouse]\nmemory_limit = "lots"', tmp_path / "foresail.toml")


def test_a_question_that_does_not_fit_goes_to_disk(warehouse: Warehouse, tmp_path: Path) -> None:
    disk = tmp_path / "warehouse.tmp"
    sessions = Sessions(warehouse, dict)
    assert not disk.exists()
    with sessions.reading() as session:
        assert session.query(SPILLING, {}).to_pylist() == [{"n": 3_000_000}]
        assert disk.is_dir()
    sessions.close()
    warehouse.close()
    assert not disk.exists()


def test_a_question_that_fits_neither_is_told_and_the_next_one_answered(
    warehouse: Warehouse,
) -> None:
    sessions = Sessions(warehouse, dict)
    told = r"^This question takes more memory than the warehouse may use \(64MiB\)\. Ask for a"
    with pytest.raises(QuestionError, match=told), sessions.reading() as session:
        session.query(IN_ONE_PIECE, {})
    with sessions.reading() as session:
        assert session.query("select 1 as n", {}).to_pylist() == [{"n": 1}]
    sessions.close()


def test_a_change_that_fits_neither_changes_nothing(warehouse: Warehouse) -> None:
    def change() -> None:
        with warehouse.writing() as cursor:
            cursor.execute("create table fact.half as select 1 as n")
            cursor.execute(f"create table fact.list as {IN_ONE_PIECE}")

    told = "This change takes more memory than the warehouse may use"
    with pytest.raises(ProjectError, match=told):
        change()
    cursor = warehouse.cursor()
    found = cursor.execute("select count(*) from duckdb_tables() where table_name = 'half'")
    assert found.fetchone() == (0,)


def test_what_a_killed_process_left_on_disk_is_taken_away(tmp_path: Path) -> None:
    left = tmp_path / "warehouse.tmp"
    left.mkdir()
    (left / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"left")
    Warehouse.open(tmp_path, SMALL).close()
    assert not left.exists()
