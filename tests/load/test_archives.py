"""Hostile archives are refused before they do harm."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from foresail.core.errors import SourceError
from tests.load.conftest import Project


def zipped(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


def refused(project: Project) -> str:
    with pytest.raises(SourceError) as raised:
        project.load()
    return str(raised.value)


def test_a_zip_that_grows_beyond_reason_is_refused(project: Project) -> None:
    project.write("a.zip", zipped(("rep.csv", b"rep_id\n" + bytes(80 * 2**20))))
    assert "would grow more than 200 times" in refused(project)


def test_a_gzip_that_grows_beyond_reason_is_refused(project: Project) -> None:
    project.write("rep.csv.gz", gzip.compress(b"rep_id\n" + bytes(80 * 2**20)))
    assert "would grow more than 200 times" in refused(project)


def test_a_zip_of_a_thousand_files_is_refused(project: Project) -> None:
    project.write("a.zip", zipped(*((f"{n}.csv", b"") for n in range(1001))))
    assert "holds 1001 files" in refused(project)


@pytest.mark.parametrize("name", ["../rep.csv", "/etc/rep.csv", "a/../../rep.csv", "C:/rep.csv"])
def test_a_name_that_leads_out_of_the_archive_is_refused(project: Project, name: str) -> None:
    project.write("a.zip", zipped((name, b"rep_id\n1\n")))
    assert "leads out of the archive" in refused(project)


def test_a_truncated_gzip_is_refused(project: Project) -> None:
    project.write("rep.csv.gz", gzip.compress(b"rep_id\n1\n" * 1000)[:-20])
    assert "rep.csv.gz cannot be unpacked" in refused(project)


def test_hidden_members_are_left_out(project: Project) -> None:
    project.write("a.zip", zipped(("__MACOSX/rep.csv", b"x"), ("rep.csv", b"rep_id\n1\n")))
    project.load()
    assert project.column("rep", "rep_id") == ["1"]
