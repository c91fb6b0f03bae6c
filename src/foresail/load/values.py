"""How a source's value becomes a canonical one: SQL per type, with what to say where it cannot.

`s` is the source's value, `v` the canonical one; a value is at fault where `s` holds something
and no `v` comes of it, or one that lies out of bounds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from foresail.load.names import literal
from foresail.model import Column, Type

OFFSET = r"[+-](0\d|1[0-5])(:?[0-5]\d)?"
TIME = rf"[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{{1,9}})?)?( ?([Zz]|{OFFSET}))?"
DATE_OR_TIME = rf"\d{{4}}-\d{{2}}-\d{{2}}({TIME})?"
HOURS = ("%H", "%I", "%-H", "%-I", "%c", "%X", "%T")
SPACES = "'\u00a0\u202f "
PLAUSIBLE = ("1900-01-01", "2200-12-31 23:59:59.999999")
UTC = ("UTC", "Etc/UTC", "GMT")
EXACT = 2**53
LONGEST = {Type.ID: 500, Type.TEXT: 100_000}
UNREADABLE = r"[\x00-\x1f\x7f-\x{9f}\x{feff}\x{fffd}]"
UNFIT = {
    Type.NUMBER: "{v} is null or not isfinite({v})",
    Type.INTEGER: f"{{v}} is null or {{v}} <> floor({{v}}) or abs({{v}}) > {2**63 - 1}",
}


@dataclass(frozen=True)
class Context:
    """What a mapping says about the values of one table."""

    zone: str
    date_format: str = ""
    decimal: str = ""


@dataclass(frozen=True)
class Fault:
    """A condition on `s` and `v` under which a row is set aside, and what is then said."""

    condition: str
    words: str
    shows_value: bool = True


@dataclass(frozen=True)
class Reading:
    """The SQL that makes a canonical value out of a source's."""

    value: str
    is_date: str = ""
    faults: tuple[Fault, ...] = ()


def kind_of(sql_type: str) -> str:
    """The family of a SQL type, as far as reading values goes.

    >>> kind_of("DECIMAL(9,2)"), kind_of("TIMESTAMP_NS"), kind_of("UUID")
    ('decimal', 'timestamp', 'text')
    """
    name = sql_type.upper()
    if name.endswith("]") or name.startswith(("STRUCT", "MAP", "UNION", "ENUM", "LIST")):
        return "text"
    if name.startswith("TIMESTAMP"):
        return "timestamptz" if "ZONE" in name else "timestamp"
    if "INT" in name and not name.startswith("INTERVAL"):
        return "whole"
    for beginning, kind in (
        ("DECIMAL", "decimal"),
        ("DOUBLE", "float"),
        ("FLOAT", "float"),
        ("BOOLEAN", "boolean"),
        ("DATE", "date"),
        ("BLOB", "blob"),
    ):
        if name.startswith(beginning):
            return kind
    return "text"


def reading(column: Column, kind: str, s: str, v: str, context: Context) -> Reading:
    """The SQL for one column, whose source value `s` is of that kind."""
    value = READERS[column.type](column, kind, s, context)
    is_date = ""
    if column.type is Type.INSTANT:
        is_date = f"case when {v} is not null then {_is_date(kind, s, context)} end"
    unfit = UNFIT.get(column.type, "{v} is null").format(v=v)
    faults = [Fault(f"{s} is not null and ({unfit})", _not_words(column))]
    if column.type in (Type.INSTANT, Type.DATE):
        first, last = PLAUSIBLE
        faults.append(
            Fault(
                f"{v} < timestamp '{first}' or {v} > timestamp '{last}'",
                "lies outside of the years 1900 to 2200",
            )
        )
    finite = f"isfinite({v}) and " if column.type is Type.NUMBER else ""
    if column.minimum is not None:
        faults.append(Fault(f"{finite}{v} < {column.minimum}", f"is below {column.minimum:g}"))
    if column.maximum is not None:
        faults.append(Fault(f"{finite}{v} > {column.maximum}", f"is above {column.maximum:g}"))
    faults += _text_faults(column, kind, s)
    if column.is_required:
        faults.append(Fault(f"{s} is null", "is missing", shows_value=False))
    return Reading(value, is_date, tuple(faults))


def _text_faults(column: Column, kind: str, s: str) -> list[Fault]:
    """What no id and no text of a source holds: it would never be found or shown again."""
    if kind != "text" or column.type not in LONGEST:
        return []
    longest = LONGEST[column.type]
    is_long = f"strlen({s}) > {longest} and length({s}) > {longest}"
    faults = [Fault(is_long, f"is longer than {longest:,} characters")]
    if column.type is Type.ID:
        lost = f"regexp_matches({s}, '{UNREADABLE}')"
        faults.append(Fault(lost, "holds a control character or one that was lost"))
    return faults


def _not_words(column: Column) -> str:
    if column.type is Type.CHOICE:
        return f"is not one of {', '.join(column.choices)}"
    if column.type is Type.ID:
        return "is too large a number to be exact; write the id as a text"
    return f"is not {column.type.words}"


def _id(column: Column, kind: str, s: str, context: Context) -> str:
    del column, context
    if kind == "float":
        whole = f"{s} = floor({s}) and abs({s}) < {EXACT}"
        return (
            f"case when not isfinite({s}) or abs({s}) >= {EXACT} then null "
            f"when {whole} then {s}::bigint::varchar else {s}::varchar end"
        )
    if kind == "decimal":
        return rf"regexp_replace({s}::varchar, '\.0+$', '')"
    return f"{s}::varchar"


def _text(column: Column, kind: str, s: str, context: Context) -> str:
    del column, kind, context
    return f"{s}::varchar"


def _currency(column: Column, kind: str, s: str, context: Context) -> str:
    del column, kind, context
    return (
        f"case when regexp_full_match({s}::varchar, '[A-Za-z]{{3}}') then upper({s}::varchar) end"
    )


def _choice(column: Column, kind: str, s: str, context: Context) -> str:
    del kind, context
    known = ", ".join(literal(choice) for choice in column.choices)
    return f"case when lower({s}::varchar) in ({known}) then lower({s}::varchar) end"


def _utc(local: str, zone: str) -> str:
    """An instant in UTC from local time."""
    if zone in UTC:
        return local
    return f"make_timestamp(epoch_us(timezone({literal(zone)}, {local})))"


def _instant(column: Column, kind: str, s: str, context: Context) -> str:
    del column
    if kind == "text" and context.date_format:
        parsed = f"try_strptime({s}, {literal(context.date_format)})"
        if "%z" in context.date_format or "%Z" in context.date_format:
            return f"make_timestamp(epoch_us({parsed}::timestamptz))"
        return _utc(parsed, context.zone)
    if kind == "text":
        zoned = rf"regexp_replace({s}, '^(.{{16}}) ?([Zz+-])', '\1:00\2')"
        zoned = rf"regexp_replace(replace({zoned}, ' Z', 'Z'), ' ?([+-]\d\d):?(\d\d)$', '\1:\2')"
        local = _utc(f"try_cast({s} as timestamp)", context.zone)
        return (
            f"case when not regexp_full_match({s}, {literal(DATE_OR_TIME)}) then null "
            f"when length({s}) > 16 and regexp_matches(substr({s}, 12), '[Zz+-]') "
            f"then make_timestamp(epoch_us(try_cast({zoned} as timestamptz))) else {local} end"
        )
    if kind in ("date", "timestamp"):
        return f"case when isfinite({s}) then {_utc(f'{s}::timestamp', context.zone)} end"
    if kind == "timestamptz":
        return f"case when isfinite({s}) then make_timestamp(epoch_us({s})) end"
    return "null::timestamp"


def _is_date(kind: str, s: str, context: Context) -> str:
    if kind == "text" and context.date_format:
        return str(not any(hour in context.date_format for hour in HOURS)).lower()
    return f"length({s}) = 10" if kind == "text" else str(kind == "date").lower()


def _date(column: Column, kind: str, s: str, context: Context) -> str:
    del column
    if kind == "text" and context.date_format:
        return f"try_strptime({s}, {literal(context.date_format)})::date"
    if kind == "text":
        whole = f"regexp_full_match({s}, {literal(DATE_OR_TIME)})"
        return f"case when {whole} then try_cast(left({s}, 10) as date) end"
    if kind in ("date", "timestamp"):
        return f"case when isfinite({s}) then {s}::date end"
    if kind == "timestamptz":
        return f"case when isfinite({s}) then timezone({literal(context.zone)}, {s})::date end"
    return "null::date"


def _number_text(s: str, decimal: str) -> str:
    """A number's text with a point for the decimals and nothing between the thousands.

    With no `decimal` declared, 1,234 may be either number, and is therefore neither.
    """
    group = f"[.{SPACES}]" if decimal == "," else f"[,{SPACES}]"
    point = "," if decimal == "," else r"\."
    exponent = "([eE][+-]?[0-9]+)?"
    plain = rf"[+-]?([0-9]+({point}[0-9]*)?|{point}[0-9]+){exponent}"
    grouped = rf"[+-]?[0-9]{{1,3}}({group}[0-9]{{3}})+({point}[0-9]+)?"
    strip = f"regexp_replace({s}, {literal(group)}, '', 'g')"
    cleaned = f"replace({strip}, ',', '.')" if decimal == "," else strip
    doubtful = f"regexp_full_match({s}, '[+-]?[0-9]{{1,3}},[0-9]{{3}}')"
    refuse = "" if decimal else f"when {doubtful} then null "
    as_is = f"replace({s}, ',', '.')" if decimal == "," else s
    return (
        f"case when regexp_full_match({s}, {literal(plain)}) then {as_is} {refuse}"
        f"when regexp_full_match({s}, {literal(grouped)}) then {cleaned} end"
    )


def _numeric(kind: str, s: str, sql_type: str, context: Context) -> str:
    if kind == "text":
        return f"try_cast({_number_text(s, context.decimal)} as {sql_type})"
    if kind in ("whole", "decimal", "float", "boolean"):
        return f"try_cast({s} as {sql_type})"
    return f"null::{sql_type}"


def _money(column: Column, kind: str, s: str, context: Context) -> str:
    return _numeric(kind, s, column.type.sql, context)


def _number(column: Column, kind: str, s: str, context: Context) -> str:
    return _numeric(kind, s, column.type.sql, context)


def _integer(column: Column, kind: str, s: str, context: Context) -> str:
    del column
    return _numeric(kind, s, "decimal(38,9)", context)


def _boolean(column: Column, kind: str, s: str, context: Context) -> str:
    del column, context
    if kind == "boolean":
        return s
    if kind in ("whole", "decimal", "float"):
        return f"case {s} when 1 then true when 0 then false end"
    yes, no = "'true', 't', 'yes', 'y', '1'", "'false', 'f', 'no', 'n', '0'"
    if kind == "text":
        return f"case when lower({s}) in ({yes}) then true when lower({s}) in ({no}) then false end"
    return "null::boolean"


READERS: dict[Type, Callable[[Column, str, str, Context], str]] = {
    Type.ID: _id,
    Type.TEXT: _text,
    Type.CURRENCY: _currency,
    Type.CHOICE: _choice,
    Type.INSTANT: _instant,
    Type.DATE: _date,
    Type.MONEY: _money,
    Type.NUMBER: _number,
    Type.INTEGER: _integer,
    Type.BOOLEAN: _boolean,
}
