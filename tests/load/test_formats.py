"""Every kind of file, packed or not, gives the same rows."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zipfile

import duckdb
import pytest

from foresail.core.errors import SourceError
from tests.load.conftest import Project, counts

CSV = "rep_id,name,email\n0017,Ann,ann@x.org\n1234567890123456789,Bob,\n"
ROWS = [("0017", "Ann", "ann@x.org"), ("1234567890123456789", "Bob", None)]
SELECT = "select rep_id, name, email from canonical.rep order by 1"


def zipped(**members: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "."), text)
    return packed.getvalue()


def workbook(rows: list[list[object]], sheet: str = "Reps") -> bytes:
    """A minimal .xlsx with texts and numbers."""

    def cell(value: object) -> str:
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
        if isinstance(value, dt.datetime):
            days: float = (value - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)
            return f'<c s="1"><v>{days}</v></c>'
        return f"<c><v>{value}</v></c>" if value is not None else "<c/>"

    body = "".join(f"<row>{''.join(cell(value) for value in row)}</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/>'
            "</Types>",
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
            f'Type="{office}/styles" Target="styles.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs>'
            "</styleSheet>",
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            f'<sheet name="{sheet}" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
        )
    return packed.getvalue()


def test_csv_named_after_a_table_loads_without_a_mapping(project: Project) -> None:
    project.write("Rep.CSV", CSV)
    assert counts(project.load()) == (2, 2, 0, 0, 0)
    assert project.rows(SELECT) == ROWS


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_seen_in_the_header(project: Project, delimiter: str) -> None:
    project.write("rep.csv", CSV.replace(",", delimiter))
    project.load()
    assert project.rows(SELECT) == ROWS


def test_tsv_is_delimited_by_tabs(project: Project) -> None:
    project.write("rep.tsv", "rep_id\tname, full\tname\n7\tx\tAnn, the first\n")
    project.load()
    assert project.column("rep", "name") == ["Ann, the first"]


def test_gzip_and_zip_are_unpacked(project: Project) -> None:
    project.write("rep.csv.gz", gzip.compress(CSV.encode()))
    project.write(
        "more.zip", zipped(account__csv="account_id\nA\n", **{"sub/lead.csv": "lead_id\nL\n"})
    )
    report = project.load()
    assert project.rows(SELECT) == ROWS
    assert [(t.table, t.files) for t in report.tables] == [
        ("account", ("more.zip/account.csv",)),
        ("lead", ("more.zip/sub/lead.csv",)),
        ("rep", ("rep.csv.gz",)),
    ]


def test_parquet_ids_become_their_exact_digits(project: Project) -> None:
    path = project.files / "rep.parquet"
    duckdb.sql(
        "select 1234567890123456789::bigint as rep_id, 'Bob' as name, 12.0::double as manager_id"
    ).write_parquet(str(path))
    project.load()
    assert project.rows("select rep_id, name, manager_id from canonical.rep") == [
        ("1234567890123456789", "Bob", "12")
    ]


def test_a_parquet_id_that_lost_its_digits_is_set_aside(project: Project) -> None:
    path = project.files / "rep.parquet"
    duckdb.sql("select 12345678901234567000::double as rep_id").write_parquet(str(path))
    assert counts(project.load()) == (1, 0, 0, 0, 1)
    assert "too large a number to be exact" in project.reasons()[0]


def test_a_parquet_text_in_bytes_is_read_as_utf8(project: Project) -> None:
    path = project.files / "rep.parquet"
    duckdb.sql("select 'a'::blob as rep_id, 'Zo\\xC3\\xAB'::blob as name").write_parquet(str(path))
    project.load()
    assert project.rows("select rep_id, name from canonical.rep") == [("a", "Zoë")]


def test_json_array_and_ndjson_keep_ids_and_texts_as_written(project: Project) -> None:
    project.write(
        "rep.json",
        '[{"rep_id": 12345678901234567890, "name": "2024-01-01"},'
        ' {"rep_id": "0017", "email": "6F1B4B36-9D5C-4C0E-8A3D-0B6F6C2F8A11"}]',
    )
    project.write("account.ndjson", '{"account_id": "A", "employees": 12}\n')
    project.load()
    assert project.rows(SELECT) == [
        ("0017", None, "6F1B4B36-9D5C-4C0E-8A3D-0B6F6C2F8A11"),
        ("12345678901234567890", "2024-01-01", None),
    ]
    assert project.column("account", "employees") == [12]


def test_a_broken_line_of_ndjson_is_set_aside(project: Project) -> None:
    project.write(
        "rep.jsonl", '{"rep_id": "a"}\n{"rep_id": \n\n[1]\n{"rep_id": "b", "role": "x"}\n'
    )
    assert counts(project.load()) == (4, 1, 0, 0, 3)
    found = project.rows("select row_number, reason from meta.quarantine order by 1")
    assert found[:2] == [(2, "the line is not JSON"), (3, "the line is no JSON object")]
    assert found[2][0] == 4


def test_json_objects_lie_at_a_path(project: Project) -> None:
    project.write("page.json", '{"data": {"items": [{"id": 7, "n": "Ann"}]}}')
    project.load(
        mapping='[rep]\nfrom = "page.json"\npath = "data.items"\nrep_id = "id"\nname = "n"\n'
    )
    assert project.rows("select rep_id, name from canonical.rep") == [("7", "Ann")]


def test_excel_cells_are_texts_as_a_person_reads_them(project: Project) -> None:
    rows: list[list[object]] = [["rep_id", "name", "email"], [17, "Ann", None], ["018", "", "b@x"]]
    project.write("rep.xlsx", workbook(rows))
    assert counts(project.load()) == (2, 2, 0, 0, 0)
    assert project.rows(SELECT) == [("018", None, "b@x"), ("17", "Ann", None)]


def test_excel_dates_and_empty_rows(project: Project) -> None:
    day, time = dt.datetime(2024, 1, 15), dt.datetime(2024, 1, 15, 10, 30)
    rows: list[list[object]] = [
        [None],
        ["lead_id", "created_at"],
        [1, day],
        [None, None],
        [2, time],
    ]
    project.write("lead.xlsx", workbook(rows))
    assert counts(project.load()) == (2, 2, 0, 0, 0)
    assert project.rows(
        "select lead_id, created_at, created_at_is_date from canonical.lead order by 1"
    ) == [
        ("1", dt.datetime(2024, 1, 14, 23), True),
        ("2", dt.datetime(2024, 1, 15, 9, 30), False),
    ]


def test_an_unknown_sheet_is_refused_with_the_nearest(project: Project) -> None:
    project.write("rep.xlsx", workbook([["rep_id"], ["a"]]))
    with pytest.raises(SourceError) as raised:
        project.load(mapping='[rep]\nfrom = "rep.xlsx"\nsheet = "Rep"\nrep_id = "rep_id"\n')
    assert str(raised.value) == "rep.xlsx has no sheet Rep. It has: Reps. Did you mean Reps?"


def test_a_file_without_its_key_is_refused(project: Project) -> None:
    project.write("rep.csv", "repid,name\n1,Ann\n")
    with pytest.raises(SourceError) as raised:
        project.load()
    assert str(raised.value) == (
        "rep.csv cannot be loaded as rep: it lacks rep_id. It has: repid, name. Did you mean repid?"
    )


def test_nothing_loadable_says_what_is_expected(project: Project) -> None:
    project.write("deals.csv", "a\n1\n")
    with pytest.raises(SourceError) as raised:
        project.load()
    assert "None of these files is named after a canonical table: deals.csv" in str(raised.value)
    assert "foresail map" in str(raised.value)


def test_other_files_are_listed_as_not_loaded(project: Project) -> None:
    project.write("rep.csv", CSV)
    project.write("readme.txt", "hello")
    project.write("deals.csv", "a\n1\n")
    project.write(".hidden/account.csv", "account_id\nA\n")
    assert project.load().not_loaded == ("deals.csv", "readme.txt")


def test_unknown_columns_are_reported(project: Project) -> None:
    project.write("rep.csv", "REP_ID , shoe size,Name\n1,42,Ann\n")
    assert project.load().tables[0].ignored_columns == ("shoe size",)
    assert project.column("rep", "name") == ["Ann"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("rep.csv", b"", "rep.csv is empty. Export it again, with its header line."),
        ("rep.csv", b"\n\n", "rep.csv is empty. Export it again, with its header line."),
        ("rep.csv", b"\x89PNG\r\n\x1a\n\0\0", "is a PNG image, not the text file"),
        ("rep.parquet", b"rep_id\n1\n", "rep.parquet cannot be read as parquet"),
        ("rep.xlsx", b"rep_id\n1\n", "rep.xlsx cannot be read as a workbook"),
        ("rep.json", b"rep_id\n1\n", "rep.json cannot be read as JSON"),
        ("rep.csv.gz", b"rep_id\n1\n", "rep.csv.gz cannot be unpacked"),
        ("rep.zip", b"rep_id\n1\n", "rep.zip is not a zip archive"),
    ],
)
def test_a_file_that_is_not_what_its_name_says(
    project: Project, name: str, content: bytes, message: str
) -> None:
    project.write(name, content)
    with pytest.raises(SourceError) as raised:
        project.load()
    assert message in str(raised.value)
    assert project.rows("select count(*) from meta.load") == [(0,)]


def test_a_header_alone_is_no_row(project: Project) -> None:
    project.write("rep.csv", "rep_id,name")
    assert counts(project.load()) == (0, 0, 0, 0, 0)


def test_a_missing_path_and_an_empty_folder_are_refused(project: Project) -> None:
    with pytest.raises(SourceError) as raised:
        project.load()
    assert "holds no files" in str(raised.value)
    with pytest.raises(SourceError) as raised:
        project.load("nowhere.csv")
    assert "nowhere.csv does not exist" in str(raised.value)
