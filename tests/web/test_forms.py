"""A page as a file: the same numbers in every form, and nothing that a spreadsheet would run."""

import csv
import datetime as dt
import io

import pytest
from python_calamine import CalamineWorkbook

from foresail.web.sheets import charts
from foresail.web.sheets.blocks import Cell, Chart, Column, Row, Section, Sheet, Table, Words
from foresail.web.sheets.forms.comma import csv_bytes
from foresail.web.sheets.forms.picture import png_bytes, svg_bytes
from foresail.web.sheets.forms.printed import pdf_bytes
from foresail.web.sheets.forms.workbook import xlsx_bytes
from foresail.web.templatetags.drawing import spark

HOSTILE = "=HYPERLINK(1)"
COLUMNS = (
    Column("rep", "Rep"),
    Column("revenue", "Revenue", "money", is_number=True),
    Column("win_rate", "Win rate", "share", is_number=True),
    Column("cycle", "Cycle", "duration", is_number=True),
    Column("on", "Day"),
)
DAY = dt.date(2026, 3, 5)
TABLE = Table(
    "reps",
    "Reps: March/April [1]",
    columns=COLUMNS,
    rows=(
        Row(
            (
                Cell("Ann"),
                Cell(1500.25, "money"),
                Cell(0.5, "share"),
                Cell(86400, "duration"),
                Cell(DAY),
            )
        ),
        Row(
            (
                Cell(HOSTILE),
                Cell(None, "money"),
                Cell(0, "share"),
                Cell(None, "duration"),
                Cell(None),
            )
        ),
    ),
)


def test_csv_has_names_above_and_unknown_is_empty() -> None:
    lines = list(csv.reader(io.StringIO(csv_bytes([TABLE]).decode("utf-8-sig"))))
    assert lines == [
        ["Rep", "Revenue", "Win rate", "Cycle", "Day"],
        ["Ann", "1500.25", "0.5", "86400", "2026-03-05"],
        ["'=HYPERLINK(1)", "", "0", "", ""],
    ]


def test_csv_of_several_tables_says_which_is_which() -> None:
    lines = csv_bytes([TABLE, TABLE]).decode("utf-8-sig").splitlines()
    assert lines[0] == lines[5] == "Reps: March/April [1]"
    assert lines[4] == ""


def test_a_workbook_has_typed_cells_and_a_sheet_per_table() -> None:
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(xlsx_bytes("Results", [TABLE, TABLE], ["Data as of noon."]))
    )
    assert book.sheet_names == ["Reps  March April  1", "Reps  March April  1 2", "About"]
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][:3] == ["Ann", 1500.25, 0.5]
    assert rows[1][3] == dt.timedelta(days=1)
    assert rows[1][4] == DAY
    assert rows[2] == [HOSTILE, "", 0, "", ""]
    assert book.get_sheet_by_index(2).to_python() == [["Results"], ["Data as of noon."]]


CHART = Chart(
    "course",
    "Revenue",
    spec=charts.lines([{"period": DAY, "value": 3, "url": "/x"}], unit="money"),
    table=TABLE,
    about="It rises.",
)


def test_a_chart_becomes_a_picture() -> None:
    assert png_bytes(CHART)[:8] == b"\x89PNG\r\n\x1a\n"
    assert b"Revenue" in svg_bytes(CHART)


def test_a_page_becomes_a_tagged_pdf_whatever_the_names() -> None:
    words = Words("said", "Said", sentences=("#panic(1) *bold* $x$ <script>",))
    sheet = Sheet("Results", (Section("all", "All", (words, TABLE, CHART)),), of="مبيعات & Söhne")
    made = pdf_bytes(sheet, "Hill & Sons", ["Data as of noon."], "EUR")
    assert made[:5] == b"%PDF-"
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid" in made


def test_blocks_of_a_section_without_a_title_are_headed_by_their_own() -> None:
    """PDF/UA allows no heading of level 3 right below one of level 1."""
    made = pdf_bytes(Sheet("Explore", (Section("all", "", (TABLE,)),)), "Hill & Sons", [], "EUR")
    assert made[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ((1.0, 2.0, 3.0), "M2.0 18.0L36.0 10.0L70.0 2.0"),
        ((1.0, None, 3.0), "M2.0 18.0M70.0 2.0"),
        ((2.0, 2.0), "M2.0 10.0L70.0 10.0"),
    ],
)
def test_a_spark_leaves_a_gap_where_nothing_is_known(
    values: tuple[float | None, ...], path: str
) -> None:
    assert f'd="{path}"' in spark(values)


def test_one_point_is_no_course() -> None:
    assert spark((1.0, None)) == ""


def test_a_chart_leaves_unknown_values_out_of_the_drawing_but_not_out_of_the_data() -> None:
    drawn = charts.lines([{"period": DAY, "value": None, "url": ""}], unit="share")
    assert drawn["data"] == {"values": [{"period": "2026-03-05", "value": None, "url": ""}]}
