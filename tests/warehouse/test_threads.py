"""How many threads a question may take."""

from pathlib import Path

from foresail.warehouse import Settings, Warehouse


def threads(folder: Path, settings: Settings, *, for_many: bool) -> int:
    warehouse = Warehouse.open(folder, settings, for_many=for_many)
    found = warehouse.cursor().execute("select current_setting('threads')").fetchone()
    warehouse.close()
    assert found is not None
    return int(found[0])


def test_a_small_warehouse_that_many_ask_takes_one_thread_for_each(tmp_path: Path) -> None:
    Warehouse.open(tmp_path, Settings()).close()
    assert threads(tmp_path, Settings(), for_many=True) == 1
    three = Settings.model_validate({"warehouse": {"threads": 3}})
    assert threads(tmp_path, three, for_many=True) == 3
    assert threads(tmp_path, three, for_many=False) == 3
