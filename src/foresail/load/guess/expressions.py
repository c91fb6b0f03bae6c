"""A column as an expression of the mapping: what makes its values canonical."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from foresail.load.guess.choices import choice_of, needs_case, truth_of
from foresail.load.guess.source import SourceColumn
from foresail.load.names import literal
from foresail.model import Column, Table, Type

MINUTES = {"minute", "min", "minuten"}
MILLISECONDS = {"ms", "millisecond", "milli"}


def expression_for(table: Table, field: Column, column: SourceColumn, is_settled: bool) -> str:
    """How the mapping writes a column; `is_settled` where the table's settings read its dates."""
    own = column.expression
    if field.type in (Type.INSTANT, Type.DATE):
        return own if is_settled else _as_date(own, column)
    if field.type in (Type.MONEY, Type.NUMBER, Type.INTEGER):
        return _as_number(field, column)
    if field.type is Type.BOOLEAN and column.kind != "boolean" and needs_case(field, column.values):
        return _case(own, ((each, str(truth_of(each)).lower()) for each in column.values))
    if field.type is Type.CHOICE and needs_case(field, column.values):
        known = ((each, choice_of(table.name, field, each)) for each in column.values)
        return _case(own, ((each, literal(choice)) for each, choice in known if choice))
    return own


def _case(own: str, pairs: Iterable[tuple[str, str]]) -> str:
    when = " ".join(f"when {literal(value)} then {meant}" for value, meant in sorted(pairs))
    return f"case {own} {when} end" if when else own


def _as_date(own: str, column: SourceColumn) -> str:
    form = column.dates.formats[0] if column.dates.formats else ""
    if not form:
        return own
    day = "" if any(each in form for each in ("%H", "%I")) else "::date"
    return f"strptime({own}, {literal(form)}){day}"


def _as_number(field: Column, column: SourceColumn) -> str:
    own, found = column.expression, column.numbers
    if found.has_unit or found.is_percent:
        own = f"regexp_replace({own}, '[^0-9.,+-]', '', 'g')"
    factor = _factor(field, column)
    if not factor:
        return own
    if column.kind == "text":
        own = f"replace({own}, ',', '.')" if found.decimal == "," else own
        own = f"{own}::double"
    return f"{own} {factor}"


def _factor(field: Column, column: SourceColumn) -> str:
    """What turns a column's unit into the canonical one."""
    if field.maximum == 1 and (column.numbers.is_percent or column.numbers.most > 1):
        return "/ 100"
    if field.name == "duration_seconds" and MINUTES & set(column.words):
        return "* 60"
    if field.name == "duration_seconds" and MILLISECONDS & set(column.words):
        return "/ 1000"
    return ""


def date_format_of(columns: Sequence[SourceColumn]) -> str | None:
    """The one format that all these dates are written in; None where there are several."""
    texts = [each for each in columns if each.kind == "text" and each.values]
    forms = {each.dates.formats[0] if each.dates.formats else "" for each in texts}
    return next(iter(forms), "") if len(forms) <= 1 else None


def decimal_of(columns: Sequence[SourceColumn]) -> str:
    """The sign that stands before decimals, where the loader has to be told."""
    texts = [each for each in columns if each.kind == "text"]
    if any(each.numbers.decimal == "," for each in texts):
        return ","
    grouped = any("," in value for each in texts for value in each.values)
    return "." if grouped and any(each.numbers.decimal == "." for each in texts) else ""
