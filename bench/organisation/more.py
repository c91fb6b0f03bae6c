"""Activities that come in later, in files of their own: what people did in the last two months."""

from __future__ import annotations

from pathlib import Path

import duckdb

SINCE = "timestamp '2026-10-01'"


def more_activities(source: Path, folder: Path, files: int, rows: int) -> list[Path]:
    """So many files of so many outbound calls, spread over two months, each with an id of its own.

    They are made of the activities in `source`, some seconds later each time one is taken again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number}" / "activity.parquet" for number in range(files)]
    with duckdb.connect() as connection:
        connection.read_parquet(str(source)).create_view("known")
        (count,) = connection.sql(
            f"select count(*) from known where occurred_at >= {SINCE}"
        ).fetchall()[0]
        times = -(-files * rows // count)
        connection.execute(f"""
            create table more as
            select row_number() over (order by hash(activity_id, again)) - 1 as place, * replace (
                'more-' || again || '-' || activity_id as activity_id, 'call' as kind,
                'outbound' as direction, 'connected' as outcome, 60 as duration_seconds,
                occurred_at + to_seconds(7 * again) as occurred_at)
            from known, range(1, {times + 1}) t(again)
            where occurred_at >= {SINCE}""")
        for number, path in enumerate(paths):
            path.parent.mkdir(exist_ok=True)
            connection.sql(
                f"select * exclude (place, again) from more where place // {rows} = {number}"
            ).write_parquet(str(path))
    return paths
