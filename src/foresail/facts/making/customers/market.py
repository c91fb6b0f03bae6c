"""The market's sales day by day, and our own sales on the days on which they are known."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _ as row

from foresail.core.money import MONEY
from foresail.facts.making.shared.attach import attach
from foresail.facts.making.shared.spread import PART, spread
from foresail.facts.making.source import BEGINNING, END, Source


def make_market(source: Source) -> Any:
    """Make `fact.market_day`: of each segment, and of the whole market.

    The whole is what the rows without a segment say; on days without one, the segments together,
    which have no largest rival.
    """
    market = source.canonical("market").select(
        "starts_on",
        "ends_on",
        "market_sales",
        "largest_rival_sales",
        "currency",
        "source",
        "loaded_at",
        segment=row.segment.nullif(""),
    )
    daily = source.keep(
        "market_row", spread(source, market, sales="market_sales", rival="largest_rival_sales")
    )
    whole, segments = daily.filter(row.segment.isnull()), daily.filter(row.segment.notnull())
    told = whole.filter(row.sales.notnull())
    summed = segments.anti_join(told, "day").mutate(rival=ibis.null(PART))
    made = source.keep(
        "market_day",
        ibis.union(
            _of_level(segments, "segment"), _of_level(whole, "whole"), _of_level(summed, "whole")
        ),
    )
    source.drop("market_row")
    return made


def _of_level(table: Any, level: str) -> Any:
    return table.mutate(level=ibis.literal(level))


def make_own_sales(source: Source) -> Any:
    """Make `fact.own_sale`: revenue on days that market rows cover, of the segment or the whole.

    Where no revenue is loaded at all, deals that were won. The segment is the account's.
    """
    days = source.fact("market_day").group_by("level", "day", "segment")
    days = days.agg(
        is_sized=row.sales.notnull().any(), is_rival_known=row.rival.notnull().any()
    ).view()
    whole = days.filter(row.level == "whole").group_by("level", "day")
    whole = whole.agg(is_sized=row.is_sized.any(), is_rival_known=row.is_rival_known.any())
    segments = days.filter(row.level == "segment").rename(market_segment="segment")
    sales = _sales(source)
    of_whole = sales.inner_join(whole, "day")
    of_segment = sales.inner_join(
        segments, [sales.day == segments.day, sales.segment == segments.market_segment]
    )
    columns = (*sales.columns, "level", "is_sized", "is_rival_known")
    return source.keep(
        "own_sale", ibis.union(of_whole.select(*columns), of_segment.select(*columns))
    )


def _sales(source: Source) -> Any:
    """What we sold: recognised revenue; where there is none of it, what was won."""
    recognised = source.fact("recognised")
    earned = recognised.select(
        "day",
        "account_id",
        "account",
        "opportunity_id",
        "loaded_at",
        sale="row_key",
        value=row.value.cast(MONEY),
        since=BEGINNING,
        until=END,
        deleted_at=ibis.null("timestamp(6)"),
    )
    revenue = source.canonical("revenue").agg(is_known=row.count() > 0)
    won = source.fact("booking").cross_join(revenue).filter(~row.is_known)
    won = won.select(
        "account_id",
        "account",
        "opportunity_id",
        "loaded_at",
        "since",
        "until",
        "deleted_at",
        day=row.closed_on,
        sale=row.opportunity_id,
        value=row.value.cast(MONEY),
    )
    sales = ibis.union(earned, won.select(*earned.columns))
    return attach(
        sales, source.fact("account"), {"account_id": "account_id"}, {"segment": "segment"}
    ).drop("account_id")
