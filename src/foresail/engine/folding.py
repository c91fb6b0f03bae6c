"""Tallies folded to one row per label and slice, with a column per part and series."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from foresail.engine.asked import CLOCKS
from foresail.engine.columns import column_name
from foresail.engine.question import Question
from foresail.engine.writing import Piece, Writer

NUMBER = "float64"
FEW = 2
"""So many pieces are folded at once: one tally and those who did nothing."""


def folded(writer: Writer, pieces: Sequence[Piece], question: Question) -> Piece:
    """One row per label and slice: its keys, `<part>__<series>`, and the lengths of the label.

    Each piece has `label`, `series`, the dimensions, and columns of parts. What it counts stands
    in one row of one piece, so the largest of its values is the only one.
    """
    keys = ["series", *question.keys]
    parts = list(
        dict.fromkeys(name for each in pieces for name in each.columns if name not in keys)
    )
    kinds = {key: _kind(key, pieces) for key in keys}
    wide = {column_name(part, one): (part, one) for part in parts for one in question.series}
    rows = _aligned(writer, pieces, kinds, parts)
    if len(question.series) == 1:
        sql = _by_slice(
            writer, rows, question.keys, {name: part for name, (part, _) in wide.items()}
        )
    else:
        if len(pieces) > FEW:
            rows = _by_slice(writer, rows, keys, {part: part for part in parts})
        sql = _pivoted(writer, rows, question.keys, wide)
    clocks = {column_name(clock, one): clock for one in question.series for clock in CLOCKS}
    sql = _with_clocks(writer, sql, [*question.keys, *wide], clocks)
    columns = {key: kinds[key] for key in question.keys} | dict.fromkeys(wide, NUMBER)
    columns |= {name: "boolean" if "is_" in clock else NUMBER for name, clock in clocks.items()}
    return Piece(sql, columns)


def _kind(key: str, pieces: Sequence[Piece]) -> str:
    """The type of a key: that of the first piece that knows it."""
    known = (each.columns[key] for each in pieces if key in each.columns)
    return next((kind for kind in known if kind != "null"), "string")


def _aligned(
    writer: Writer, pieces: Iterable[Piece], kinds: dict[str, str], parts: list[str]
) -> str:
    """The pieces on top of each other, unknown where one has no such part."""
    return " UNION ALL ".join(_with_all(writer, each, kinds, parts) for each in pieces)


def _with_all(writer: Writer, piece: Piece, kinds: dict[str, str], parts: list[str]) -> str:
    columns = []
    for name, kind in (*kinds.items(), *((part, NUMBER) for part in parts)):
        own = piece.columns.get(name)
        value = writer.unknown(kind) if own is None else writer.name(name)
        if own not in (None, kind):
            value = writer.cast(value, kind)
        columns.append(f"{value} AS {writer.name(name)}")
    return writer.select(columns, piece.sql, "tally")


def _by_slice(writer: Writer, rows: str, keys: list[str], parts: Mapping[str, str]) -> str:
    """One row per slice, with the largest of each part by a name.

    Several series are told apart after that: the conditions of many columns over many small pieces
    cost an engine far more than the same over few rows.
    """
    named = [writer.name(key) for key in keys]
    values = [f"MAX({writer.name(part)}) AS {writer.name(name)}" for name, part in parts.items()]
    return writer.select([*named, *values], rows, "stack", group_by=named)


def _pivoted(writer: Writer, rows: str, keys: list[str], wide: dict[str, tuple[str, str]]) -> str:
    """One row per label and slice, a column per part and series."""
    named = [writer.name(key) for key in keys]
    values = [
        f"MAX(CASE WHEN {writer.name('series')} = '{one}' THEN {writer.name(part)} END) "
        f"AS {writer.name(name)}"
        for name, (part, one) in wide.items()
    ]
    return writer.select([*named, *values], rows, "slices", group_by=named)


def _with_clocks(writer: Writer, rows: str, names: list[str], clocks: Iterable[str]) -> str:
    """The rows with the lengths of their labels."""
    own, labels = writer.name("folded"), writer.name("asked_label")
    columns = [f"{own}.{writer.name(name)}" for name in names]
    columns += [f"{labels}.{writer.name(name)}" for name in clocks]
    label = writer.name("label")
    selected = writer.select(columns, rows, "folded")
    return f"{selected} INNER JOIN {labels} ON {own}.{label} = {labels}.{label}"
