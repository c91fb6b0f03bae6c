"""What is uploaded, looked at before it is kept: how much, how many, of which kind."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile

from foresail.core.errors import SourceError
from foresail.load.archives import MAX_MEMBERS, MAX_RATIO
from foresail.load.sources import FORMATS

MOST_FILES = 50
GROWS = 10
CHUNK = 2**20
KINDS = "CSV, TSV, Excel, OpenDocument, Parquet, JSON or NDJSON, also as .gz or .zip"


def check(uploaded: Sequence[UploadedFile], megabytes: int) -> None:
    """Refuse what is too much, or of no kind that can be loaded.

    Errors: `SourceError` says which file, and what to do.
    """
    if not uploaded:
        raise SourceError("Choose one or several files first.")
    if len(uploaded) > MOST_FILES:
        raise SourceError(f"These are {len(uploaded)} files; {MOST_FILES} can come at once.")
    for each in uploaded:
        _check_one(each, megabytes * 10**6)


def _check_one(file: UploadedFile, most: int) -> None:
    name, size = file.name or "", file.size or 0
    if not size:
        raise SourceError(f"{name} is empty. Export it again, with its header line.")
    if size > most:
        raise SourceError(
            f"{name} has {size / 10**6:,.0f} MB; files of {most / 10**6:,.0f} MB can be uploaded. "
            "Load it in the terminal (foresail load), or raise loading.megabytes in the settings."
        )
    plain = name.lower().removesuffix(".gz")
    if not plain.endswith((".zip", *FORMATS)):
        raise SourceError(f"{name} is of no kind that can be loaded. Use {KINDS}.")
    if plain.endswith(".zip"):
        _check_zip(file, most)
    elif name.lower().endswith(".gz"):
        _check_gzip(file, most)


def _check_zip(file: UploadedFile, most: int) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            infos = [each for each in archive.infolist() if not each.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise SourceError(f"{file.name} is not a zip archive that can be read: {error}.") from error
    finally:
        file.seek(0)
    if len(infos) > MAX_MEMBERS:
        raise SourceError(f"{file.name} holds {len(infos)} files; {MAX_MEMBERS} are the most.")
    _check_growth(file, sum(each.file_size for each in infos), most)


def _check_gzip(file: UploadedFile, most: int) -> None:
    plain = 0
    try:
        with gzip.GzipFile(fileobj=file) as packed:
            while chunk := packed.read(CHUNK):
                plain += len(chunk)
                _check_growth(file, plain, most)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise SourceError(f"{file.name} cannot be unpacked: {error}.") from error
    finally:
        file.seek(0)


def _check_growth(file: UploadedFile, plain: int, most: int) -> None:
    packed = file.size or 1
    if plain > GROWS * most or (plain > most and plain > MAX_RATIO * packed):
        raise SourceError(
            f"{file.name} would grow to {plain / 10**6:,.0f} MB and more when it is unpacked; this "
            "is refused. Unpack it and upload the files."
        )
