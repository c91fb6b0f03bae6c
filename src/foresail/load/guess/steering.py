"""A guess in somebody's hands: what files hold, and the mapping as it was chosen column by column.

Only what was chosen of the file's own columns, texts and the guesser's expressions comes into the
mapping; SQL of one's own only where it is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from foresail.core.errors import SourceError
from foresail.load.formats import stage
from foresail.load.guess.deriving import NUMBERED
from foresail.load.guess.expressions import decimal_of, expression_for
from foresail.load.guess.fitting import Links
from foresail.load.guess.proposal import SURE, ColumnGuess, Proposal, TableGuess
from foresail.load.guess.proposing import AMOUNTS, guess_of, matched, read_sources
from foresail.load.guess.referenced import referenced
from foresail.load.guess.source import Source
from foresail.load.guess.tables import Match, taken_as
from foresail.load.names import literal
from foresail.load.sources import SourceFile
from foresail.load.workbench import Workbench, workbench
from foresail.model import TABLES
from foresail.warehouse import Settings

SHOWN_ROWS = 8
LONGEST = 120
GUESS, COLUMN, TEXT, SQL, NOTHING = "guess", "column", "text", "sql", ""


@dataclass(frozen=True)
class Filling:
    """How one canonical column is filled: by the guess, a column of the file, a text, SQL, not."""

    by: str
    value: str = ""


@dataclass(frozen=True)
class Choice:
    """What was chosen for one source: its table, empty to leave it out, and its columns."""

    table: str
    fillings: Mapping[str, Filling] | None = None


@dataclass(frozen=True)
class SeenColumn:
    """A column of a file, as people look at it."""

    name: str
    kind: str
    sample: str


@dataclass(frozen=True)
class Seen:
    """A source: its columns, its first rows, and what it is taken for.

    `guess` is how the table may be filled, with what was chosen worked in; without it the source
    is left out.
    """

    label: str
    file: str
    rows: int
    columns: tuple[SeenColumn, ...]
    first: tuple[tuple[str | None, ...], ...]
    notes: tuple[str, ...]
    table: str
    guess: TableGuess | None
    proposed: TableGuess | None


@dataclass(frozen=True)
class Steered:
    """All sources, the tables made of what they mention, and what could not be read."""

    sources: tuple[Seen, ...]
    derived: tuple[TableGuess, ...]
    unread: tuple[tuple[str, str], ...]

    @property
    def proposal(self) -> Proposal:
        """The mapping, as far as it is chosen."""
        taken = [each.guess for each in self.sources if each.guess]
        return Proposal((*taken, *self.derived))

    @property
    def missing(self) -> tuple[tuple[str, str], ...]:
        """Columns that a table needs and that nothing fills: source and column."""
        return tuple(
            (each.label, name) for each in self.sources if each.guess for name in each.guess.missing
        )


def steer(
    files: Sequence[SourceFile],
    settings: Settings,
    choices: Mapping[str, Choice],
    without: Sequence[str] = (),
) -> Steered:
    """What files hold and become; choices go by a source's label, `without` by derived table.

    Errors: `SourceError` when no file can be read.
    """
    with workbench(settings) as bench:
        sources, unread = read_sources(bench, files)
        if not sources:
            reasons = " ".join(f"{name}: {reason}" for name, reason in unread[:5])
            raise SourceError(f"None of these files can be read. {reasons}")
        found, _, common = matched(bench, files, sources)
        for label, choice in choices.items():
            source = next((each for each in sources if each.label == label), None)
            known = found.get(label)
            if source and choice.table and (not known or known.table.name != choice.table):
                links: Mapping[str, Links] = {}
                found[label] = taken_as(source, TABLES[choice.table], links, common)
        seen = [
            _seen(bench, files, each, found.get(each.label), choices.get(each.label))
            for each in sources
        ]
    taken = [found[each.label] for each in seen if each.guess]
    derived = [each for each in referenced(taken) if each.table not in without]
    return Steered(tuple(seen), tuple(derived), tuple(unread))


def _seen(
    bench: Workbench,
    files: Sequence[SourceFile],
    source: Source,
    match: Match | None,
    choice: Choice | None,
) -> Seen:
    table = choice.table if choice else (match.table.name if match else "")
    proposed = guess_of(match) if match else None
    guess = None
    if table and match and proposed:
        fillings = choice.fillings if choice and choice.fillings is not None else None
        guess = _steered(source, match, proposed, fillings)
    return Seen(
        source.label,
        source.file,
        source.rows,
        tuple(SeenColumn(each.name, each.kind, each.sample) for each in source.columns),
        _first_rows(bench, files, source),
        source.notes,
        table,
        guess,
        proposed,
    )


def _first_rows(
    bench: Workbench, files: Sequence[SourceFile], source: Source
) -> tuple[tuple[str | None, ...], ...]:
    file = next(each for each in files if each.name == source.file)
    table = stage(bench, file, source.options).table
    listed = ", ".join(f"left(({each.expression})::varchar, {LONGEST})" for each in source.columns)
    rows = bench.execute(f"select {listed} from {table} order by rowid limit {SHOWN_ROWS}")
    return tuple(tuple(row) for row in rows.fetchall())


def _steered(
    source: Source, match: Match, proposed: TableGuess, fillings: Mapping[str, Filling] | None
) -> TableGuess:
    """The guess with each column as it was chosen; without choices, what of it is sure."""
    guesses = {each.field: each for each in proposed.columns}
    if fillings is None:
        fillings = {name: Filling(GUESS) for name, each in guesses.items() if each.is_sure}
    columns = []
    for field in match.table.columns:
        filling = fillings.get(field.name, Filling(NOTHING))
        made = _filled(source, match, field.name, filling, guesses.get(field.name))
        if made:
            columns.append(made)
    used = {name for each in columns for name in each.columns}
    counted = [
        source.by_name[name]
        for each in columns
        if match.table.by_name[each.field].type in AMOUNTS
        for name in each.columns
        if name in source.by_name
    ]
    is_numbered = any(each.expression == NUMBERED for each in columns)
    return replace(
        proposed,
        confidence=1.0,
        reason="chosen" if fillings else proposed.reason,
        columns=tuple(columns),
        unused=tuple((c.name, c.sample) for c in source.columns if c.name not in used),
        decimal=decimal_of(counted),
        sql=proposed.sql if is_numbered else "",
    )


def _filled(
    source: Source, match: Match, name: str, filling: Filling, guess: ColumnGuess | None
) -> ColumnGuess | None:
    if filling.by == GUESS and guess:
        return replace(guess, confidence=max(guess.confidence, SURE))
    if filling.by == COLUMN and filling.value in source.by_name:
        column = source.by_name[filling.value]
        expression = expression_for(match.table, match.table.by_name[name], column, False)
        return ColumnGuess(name, expression, (column.name,), 1.0, "chosen", column.sample)
    if filling.by == TEXT and filling.value.strip():
        return ColumnGuess(name, literal(filling.value.strip()), (), 1.0, "the same in all rows")
    if filling.by == SQL and filling.value.strip():
        return ColumnGuess(name, filling.value.strip(), (), 1.0, "written by hand")
    return None
