"""A proposal as a mapping file: sure guesses as lines, others as comments, each with its why."""

from __future__ import annotations

from collections.abc import Iterator

from foresail.load.guess.proposal import ColumnGuess, Proposal, TableGuess

OPENING = """\
# A mapping proposed from the names and values of the files. Look through it before it is used:
#
#   foresail load PATH --mapping THIS_FILE --dry-run
#
# A line that stands is sure enough to be used (from 75 %, and its table from 60 %); a guess that is
# not is a comment: take away its # if it is right. Behind each: how sure it is, why, some values.
"""
WIDTH = 96


def document(proposal: Proposal) -> str:
    """The mapping file."""
    names = [each.table for each in proposal.tables if each.is_usable]
    tables = ("\n".join(_table(each, names.count(each.table) > 1)) for each in proposal.tables)
    blocks = [OPENING, *tables]
    if proposal.unfit:
        lines = (f"#   {_one_line(label)}: {reason}" for label, reason in proposal.unfit)
        blocks.append("\n".join(["# No table fits these:", *lines]))
    if proposal.unread:
        lines = (f"#   {_one_line(name)}: {_one_line(why)}" for name, why in proposal.unread)
        blocks.append("\n".join(["# These were not read:", *lines]))
    return "\n\n".join(block.rstrip("\n") for block in blocks) + "\n"


def _table(guess: TableGuess, is_one_of_many: bool) -> Iterator[str]:
    yield (
        f"# {_one_line(guess.label)}, {_rows(guess.rows)}: {guess.table} "
        f"({guess.confidence:.0%}; {guess.reason})."
    )
    yield from (f"# {note}" for note in guess.notes)
    mark = ""
    if not guess.is_usable:
        yield f"# Not used: {_doubt(guess)}."
        mark = "# "
    header = f"[[{guess.table}]]" if is_one_of_many or mark else f"[{guess.table}]"
    yield mark + header
    yield from (mark + line for line in _settings(guess))
    lines = [(_assignment(each), each) for each in guess.columns]
    wide = max((len(line) for line, each in lines if len(line) <= WIDTH // 2), default=0)
    for line, each in lines:
        yield from _column(line, each, mark, wide)
    if guess.unused:
        yield "# not used:"
        yield from (f"#   {_one_line(name)}: {sample}" for name, sample in guess.unused)


def _doubt(guess: TableGuess) -> str:
    if guess.missing:
        return f"nothing is sure for {', '.join(guess.missing)}"
    return f"it is not sure that this is {guess.table}"


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _settings(guess: TableGuess) -> Iterator[str]:
    if guess.sql:
        yield f"sql = {_text(guess.sql)}"
    else:
        yield f"from = {_text(guess.file)}"
    options = guess.options
    if guess.where:
        yield f"where = {_text(guess.where)}"
    if not options.header:
        yield "header = false"
    for name in ("sheet", "path", "encoding"):
        value = getattr(options, name)
        if value:
            yield f"{name} = {_text(value)}"
    if options.null:
        yield f"null = [{', '.join(_text(each) for each in options.null)}]"
    if guess.date_format:
        yield f"date_format = {_text(guess.date_format)}"
    if guess.decimal:
        yield f"decimal = {_text(guess.decimal)}"


def _assignment(guess: ColumnGuess) -> str:
    return f"{guess.field} = {_text(guess.expression)}"


def _column(line: str, guess: ColumnGuess, mark: str, wide: int) -> Iterator[str]:
    why = f"{guess.confidence:.0%}: {_one_line(guess.reason)}"
    why += f" | {guess.sample}" if guess.sample else ""
    mark = mark if guess.is_sure and mark == "" else "# "
    if len(line) > WIDTH // 2:
        yield f"# {why}"
        yield mark + line
    else:
        yield f"{mark}{line}{' ' * (wide - len(line))}  # {why}"


def _text(value: str) -> str:
    """A TOML text, on one line."""
    if "'" not in value and value.isprintable() and ('"' in value or "\\" in value):
        return f"'{value}'"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
