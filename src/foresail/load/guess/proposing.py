"""A mapping proposed for files that nobody has described yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from foresail.core.errors import SourceError
from foresail.load.formats import stage
from foresail.load.guess.choosing import doubles, present, why_not
from foresail.load.guess.deriving import NUMBERED, derived
from foresail.load.guess.expressions import date_format_of, decimal_of, expression_for
from foresail.load.guess.fitting import Links
from foresail.load.guess.links import links_between
from foresail.load.guess.looking import sources_of
from foresail.load.guess.proposal import ColumnGuess, Proposal, TableGuess
from foresail.load.guess.referenced import referenced
from foresail.load.guess.source import Source
from foresail.load.guess.tables import Match, common_words, match
from foresail.load.planning import listed
from foresail.load.sources import SourceFile, find_files
from foresail.load.workbench import Workbench, workbench
from foresail.model import TABLES, Type
from foresail.warehouse import Settings

MOST_KEYS = 500_000
SHOWN = 10
DATES = (Type.INSTANT, Type.DATE)
AMOUNTS = (Type.MONEY, Type.NUMBER, Type.INTEGER)


def propose(paths: Sequence[Path | SourceFile], settings: Settings | None = None) -> Proposal:
    """How files may become canonical tables; the same files give the same proposal.

    Errors: `SourceError` when no file can be read, or no table fits any of them.
    """
    files = find_files(paths)
    with workbench(settings or Settings()) as bench:
        sources, unread = read_sources(bench, files)
        if not sources:
            raise SourceError(_nothing_read(files, unread))
        found, keys, common = matched(bench, files, sources)
    unfit = [(each.label, why_not(each, common)) for each in sources if each.label not in found]
    for label, other in doubles(list(found.values()), keys).items():
        del found[label]
        unfit.append((label, f"it has the ids of {other}, and no column beside those"))
    if not found:
        names = ", ".join(label for label, _ in unfit[:SHOWN])
        raise SourceError(
            f"No canonical table fits any of these: {names}. Write the mapping by hand "
            "(docs/loading.md), or name the columns by what they hold, such as amount or owner."
        )
    matches = list(found.values())
    tables = [*(guess_of(each) for each in matches), *referenced(matches)]
    order = list(TABLES)
    tables.sort(key=lambda each: (order.index(each.table), each.is_derived, each.label))
    return Proposal(tuple(tables), tuple(unfit), tuple(unread))


def matched(
    bench: Workbench, files: Sequence[SourceFile], sources: Sequence[Source]
) -> tuple[dict[str, Match], dict[str, frozenset[str]], frozenset[str]]:
    """Each source with its table, the keys of each, and the words that all their names share.

    Twice: by names and values alone, and once more with what then refers to what.
    """
    common = common_words(sources)
    by_file = {file.name: file for file in files}
    links: Mapping[str, Mapping[str, Links]] = {}
    for _ in range(2):
        taken = [match(each, links.get(each.label, {}), common) for each in sources]
        found = {each.source.label: each for each in present(taken, common)}
        keys = {
            label: _keys(bench, by_file[each.source.file], each) for label, each in found.items()
        }
        links = links_between(sources, list(found.values()), keys)
    return found, keys, common


def read_sources(
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


def guess_of(found: Match) -> TableGuess:
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
