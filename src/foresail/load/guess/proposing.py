"""A mapping proposed for files that nobody has described yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from foresail.core.errors import SourceError
from foresail.load.formats import stage
from foresail.load.guess.deriving import NUMBERED, derived, looks_like_names
from foresail.load.guess.expressions import date_format_of, decimal_of, expression_for
from foresail.load.guess.fitting import Links
from foresail.load.guess.links import links_between
from foresail.load.guess.looking import sources_of
from foresail.load.guess.proposal import (
    SURE,
    SURE_TABLE,
    ColumnGuess,
    Proposal,
    TableGuess,
)
from foresail.load.guess.source import Source, SourceColumn
from foresail.load.guess.tables import Match, common_words, is_history, match
from foresail.load.planning import listed
from foresail.load.sources import SourceFile, find_files
from foresail.load.workbench import Workbench, workbench
from foresail.model import TABLES, Table, Type
from foresail.warehouse import Settings

MOST_KEYS = 500_000
DATES = (Type.INSTANT, Type.DATE)
AMOUNTS = (Type.MONEY, Type.NUMBER, Type.INTEGER)


def propose(paths: Sequence[Path], settings: Settings | None = None) -> Proposal:
    """How files may become canonical tables; the same files give the same proposal.

    Errors: `SourceError` when no file can be read, or no table fits any of them.
    """
    files = find_files(paths)
    with workbench(settings or Settings()) as bench:
        sources, unread = _read(bench, files)
        if not sources:
            raise SourceError(_nothing_read(files, unread))
        common = common_words(sources)
        by_file = {file.name: file for file in files}
        links: Mapping[str, Mapping[str, Links]] = {}
        matches: dict[str, Match] = {}
        # Once by names and values alone, and once more with what refers to what.
        for _ in range(2):
            found = [match(each, links.get(each.label, {}), common) for each in sources]
            matches = {each.source.label: each for each in _present(found, common)}
            keys = {
                label: _keys(bench, by_file[each.source.file], each)
                for label, each in matches.items()
            }
            links = links_between(sources, list(matches.values()), keys)
    unfit = [(each.label, _why_not(each, common)) for each in sources if each.label not in matches]
    for label, other in _doubles(list(matches.values()), keys).items():
        del matches[label]
        unfit.append((label, f"it has the ids of {other}, and no column beside those"))
    if not matches:
        names = ", ".join(label for label, _ in unfit[:10])
        raise SourceError(
            f"No canonical table fits any of these: {names}. Write the mapping by hand "
            "(docs/loading.md), or name the columns by what they hold, such as amount or owner."
        )
    tables = [_guess(each) for each in matches.values()]
    tables += _of_references(list(matches.values()))
    order = list(TABLES)
    tables.sort(key=lambda each: (order.index(each.table), each.is_derived, each.label))
    return Proposal(tuple(tables), tuple(unfit), tuple(unread))


def _read(
    bench: Workbench, files: Sequence[SourceFile]
) -> tuple[list[Source], list[tuple[str, str]]]:
    """What can be read, and the files that cannot, each with the reason."""
    sources: list[Source] = []
    unread: list[tuple[str, str]] = []
    for file in files:
        if not file.format:
            unread.append((file.name, "of no kind that can be loaded"))
            continue
        try:
            found = sources_of(bench, file)
        except SourceError as error:
            unread.append((file.name, str(error)))
            continue
        sources += found
        if not found:
            unread.append((file.name, "it has no rows"))
    return sources, unread


def _nothing_read(files: Sequence[SourceFile], unread: Sequence[tuple[str, str]]) -> str:
    reasons = "; ".join(f"{name}: {reason}" for name, reason in unread[:5])
    return (
        f"None of these files can be read: {listed(files)}. Use CSV, TSV, Excel, Parquet, JSON or "
        f"NDJSON, also as .gz or .zip. ({reasons})"
    )


def _present(found: Sequence[Match | None], common: Collection[str]) -> Iterator[Match]:
    """The matches without those that hold older versions of what another source holds."""
    current = {each.table.name for each in found if each and not is_history(each.source, common)}
    for each in found:
        if each and not (is_history(each.source, common) and each.table.name in current):
            yield each


def _doubles(matches: Sequence[Match], keys: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Sources that hold nothing but what another one of the same table holds."""
    found: dict[str, str] = {}
    best_first = sorted(matches, key=lambda each: (-each.score, each.source.label))
    for place, weak in enumerate(best_first):
        own = keys[weak.source.label]
        for strong in best_first[:place]:
            if (
                own
                and strong.table == weak.table
                and strong.source.label not in found
                and len(own & keys[strong.source.label]) >= 0.95 * len(own)
                and set(weak.columns) <= set(strong.columns)
            ):
                found[weak.source.label] = strong.source.label
                break
    return found


def _why_not(source: Source, common: Collection[str]) -> str:
    if not source.has_names:
        return "its columns have no names"
    if is_history(source, common):
        return "its name says that it holds older versions"
    return "its columns are like those of no table"


def _keys(bench: Workbench, file: SourceFile, found: Match) -> frozenset[str]:
    """The values of a source's only key column."""
    if len(found.table.key) != 1:
        return frozenset()
    key = found.columns.get(found.table.key[0].name) or found.columns.get("name")
    if key is None:
        return frozenset()
    table = stage(bench, file, found.source.options).table
    rows = bench.execute(
        f"select distinct ({key[0].expression})::varchar from {table} limit {MOST_KEYS}"
    ).fetchall()
    return frozenset(row[0] for row in rows if row[0] is not None)


def _guess(found: Match) -> TableGuess:
    """A match as a guess: with expressions, and with what the columns give together."""
    table, source = found.table, found.source
    dated = [c for name, (c, _) in found.columns.items() if table.by_name[name].type in DATES]
    form = date_format_of(dated)
    counted = [c for name, (c, _) in found.columns.items() if table.by_name[name].type in AMOUNTS]
    guesses = {
        name: ColumnGuess(
            name,
            expression_for(table, table.by_name[name], column, form is not None),
            (column.name,),
            round(fit.score, 2),
            fit.reason,
            column.sample,
        )
        for name, (column, fit) in found.columns.items()
    }
    columns = derived(table, source, guesses)
    used = {name for each in columns.values() for name in each.columns}
    unused = tuple((c.name, c.sample) for c in source.columns if c.name not in used and c.values)
    is_numbered = any(each.expression.endswith(NUMBERED) for each in columns.values())
    name = source.file.replace("'", "''")
    return TableGuess(
        table.name,
        source.file,
        source.label,
        source.rows,
        round(min(found.score, 1.0), 2),
        found.reason,
        tuple(columns.values()),
        unused,
        source.options,
        form or "",
        decimal_of(counted),
        f"select *, row_number() over () as {NUMBERED} from '{name}'" if is_numbered else "",
        notes=source.notes,
    )


def _of_references(matches: Sequence[Match]) -> Iterator[TableGuess]:
    """Reps and accounts that only other tables name: from the column that names the most."""
    for name in ("rep", "account"):
        table = TABLES[name]
        if any(each.table.name == name and each.score >= SURE_TABLE for each in matches):
            continue
        naming = [
            (column, found)
            for found in matches
            for field, (column, fit) in found.columns.items()
            if found.table.by_name[field].refers_to == name and fit.score >= SURE
            if field in ("owner_id", "rep_id", "account_id") and column.values
        ]
        if naming:
            column, found = max(naming, key=lambda pair: pair[0].distinct)
            yield _named_by(table, column, found)


def _named_by(table: Table, column: SourceColumn, found: Match) -> TableGuess:
    """A table of nothing but the names or ids that another one mentions."""
    own = table.key[0].name
    reason = f"{found.table.name} refers to them, and no file describes them"
    key = ColumnGuess(own, column.expression, (column.name,), 0.85, reason, column.sample)
    columns = [key]
    if looks_like_names(column):
        columns.append(replace(key, field="name", reason="the ids are names"))
    return TableGuess(
        table.name,
        found.source.file,
        found.source.label,
        found.source.rows,
        0.85,
        reason,
        tuple(columns),
        options=found.source.options,
        where=f"{column.expression} is not null" if column.filled < column.rows else "",
        is_derived=True,
    )
