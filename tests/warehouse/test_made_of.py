"""An export knows which files of records its facts were made of, and which of them changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from foresail.warehouse.made_of import (
    KEPT,
    LIST,
    ChangedFiles,
    RecordFile,
    changes,
    files_known,
    files_now,
    keep,
)

MARCH, APRIL = "activity/month=2026-03/data_0.parquet", "activity/month=2026-04/data_0.parquet"
REPS = "rep/rep.parquet"
DIGEST_OF_MARCH = "fa75b5c25fc089798cf96479474da0ebe84c6cb743a1f1010bb05fd8756275b7"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A folder with three files of records, of which the facts were made."""
    for path, text in {MARCH: "march", APRIL: "april", REPS: "ann"}.items():
        write(tmp_path, path, text)
    keep(tmp_path, files_now(tmp_path))
    return tmp_path


def write(export: Path, path: str, text: str) -> None:
    """A file of records that takes the place of an earlier one."""
    place = export / "records" / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.write_text(text, encoding="utf-8")


def changed(export: Path) -> dict[str, ChangedFiles] | None:
    """The files that changed since."""
    return changes(export, files_now(export))


def test_files_are_kept_by_size_and_digest(export: Path) -> None:
    known = files_known(export)
    assert known is not None
    assert sorted(known) == [MARCH, APRIL, REPS]
    assert (known[MARCH].size, known[MARCH].digest) == (5, DIGEST_OF_MARCH)
    assert (export / KEPT / MARCH).samefile(export / "records" / MARCH)


def test_nothing_has_changed(export: Path) -> None:
    assert changed(export) == {}


def test_a_file_that_is_written_again_as_it_was_has_not_changed(export: Path) -> None:
    write(export, MARCH, "march")
    assert changed(export) == {}


def test_a_month_that_is_written_anew_has_changed(export: Path) -> None:
    write(export, MARCH, "other")
    assert changed(export) == {"activity": ChangedFiles((MARCH,), (MARCH,))}
    assert (export / KEPT / MARCH).read_text() == "march"


def test_a_new_month_and_one_that_is_gone_have_changed(export: Path) -> None:
    shutil.rmtree((export / "records" / APRIL).parent)
    may = "activity/month=2026-05/part-0.parquet"
    write(export, may, "may")
    assert changed(export) == {"activity": ChangedFiles((APRIL,), (may,))}


def test_what_engines_pass_over_is_no_record(export: Path) -> None:
    write(export, "activity/month=2026-03/_committed.parquet", "said")
    write(export, "activity/.draft/part-0.parquet", "said")
    write(export, "activity/_SUCCESS", "")
    assert changed(export) == {}


def test_a_file_that_is_changed_in_its_place_leaves_nothing_to_compare_with(export: Path) -> None:
    with (export / "records" / MARCH).open("r+", encoding="utf-8") as file:
        file.write("MARCH")
    assert files_now(export)[MARCH].digest != DIGEST_OF_MARCH
    assert changed(export) is None


def test_an_earlier_file_that_is_damaged_or_gone_is_not_compared_with(export: Path) -> None:
    write(export, MARCH, "other")
    (export / KEPT / MARCH).unlink()
    assert changed(export) is None
    (export / KEPT / MARCH).write_text("mar??", encoding="utf-8")
    assert changed(export) is None
    (export / KEPT / LIST).write_text("[", encoding="utf-8")
    assert changed(export) is None


def test_an_unchanged_file_is_not_read_again(export: Path) -> None:
    place = export / "records" / MARCH
    said = place.stat()
    place.write_text("MARCH", encoding="utf-8")
    os.utime(place, ns=(said.st_atime_ns, said.st_mtime_ns))
    assert files_now(export)[MARCH] == RecordFile(5, DIGEST_OF_MARCH, said.st_mtime_ns)


def test_a_copy_of_an_export_knows_its_files(export: Path) -> None:
    copy = export.with_name(export.name + "-copy")
    shutil.copytree(export, copy)
    assert changed(copy) == {}
    shutil.rmtree(copy)
