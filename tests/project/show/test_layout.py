import pytest

from foresail.project.show.layout import Cell, Column, console, draw, packed, say_hanging, say_parts


def column(header: str, *texts: str, is_number: bool = True) -> Column:
    return Column(header, tuple(Cell(each) for each in texts), is_number=is_number)


REP = column("Rep", "Ann", "Bob", is_number=False)


def test_numbers_stand_right_and_names_left() -> None:
    lines = [line.plain for line in draw([REP, column("Won", "7", "1,234")])]
    assert lines == [
        "Rep    Won",
        "──────────",
        "Ann      7",
        "Bob  1,234",
    ]


def test_a_long_header_folds_at_spaces_above_its_cells() -> None:
    lines = [line.plain for line in draw([REP, column("Outbound activities", "7", "8")])]
    assert lines[:3] == [
        "       Outbound",
        "Rep  activities",
        "───────────────",
    ]


def test_totals_stand_below_a_rule() -> None:
    names = column("Rep", "Ann", "All", is_number=False)
    lines = [line.plain for line in draw([names, column("Won", "7", "9")], has_totals=True)]
    assert lines == ["Rep  Won", "────────", "Ann    7", "────────", "All    9"]


def test_wide_characters_count_twice() -> None:
    names = column("Rep", "李明", "Ann", is_number=False)
    lines = [line.plain for line in draw([names, column("Won", "7", "8")])]
    assert lines[2:] == ["李明    7", "Ann     8"]


def test_blocks_that_do_not_fit_go_into_a_further_table_with_the_same_keys() -> None:
    won, lost = column("Won", "7", "8"), column("Lost", "1", "2")
    assert packed([REP], [[won], [lost]], limit=14) == [[REP, won, lost]]
    assert packed([REP], [[won], [lost]], limit=13) == [[REP, won], [REP, lost]]


def test_a_pipe_has_no_width_unless_columns_is_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    say_parts(console(), ["x" * 60, "y" * 60])
    assert capsys.readouterr().out == "x" * 60 + " · " + "y" * 60 + "\n"
    monkeypatch.setenv("COLUMNS", "80")
    say_parts(console(), ["x" * 60, "y" * 60])
    assert capsys.readouterr().out == "x" * 60 + "\n" + "y" * 60 + "\n"


def test_a_paragraph_hangs_behind_its_mark(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    say_hanging(console(), "· ", "Owner as of now: no history is loaded.")
    assert capsys.readouterr().out == "· Owner as of now: no history\n  is loaded.\n"
