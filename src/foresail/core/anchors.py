"""What puts a row in a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from foresail.core.expressions import Expression, looked_at


@dataclass(frozen=True)
class At:
    """A flow: the row counts in the period in which one instant falls.

    The fact holds `<name>_at` (UTC) and `<name>_on` (the local date), and `<name>_hour`, the hour
    of the day, unless it is known `by_day` alone. Rows whose instant lies after the as-of
    instant are invisible. Rows without an instant count in the period `all`; where it is
    `optional`, they never had the event and count nowhere.
    """

    name: str
    words: str
    optional: bool = False
    by_day: bool = False

    @property
    def on(self) -> str:
        """The column with the local date."""
        return f"{self.name}_on"

    @property
    def at(self) -> str:
        """The column with the instant."""
        return f"{self.name}_at"

    @property
    def hour(self) -> str:
        """The column with the local hour."""
        return f"{self.name}_hour"


@dataclass(frozen=True)
class On:
    """A flow dated by a calendar date; with `sees_future` rows after the as-of day count too.

    What was `spread` over days says nothing of weekdays. A `calendar` goes on before the first
    record and after the last: the period `all` has the days between them alone.
    """

    name: str
    words: str
    sees_future: bool = False
    spread: bool = False
    calendar: bool = False

    @property
    def on(self) -> str:
        """The column with the date."""
        return self.name


class Stands(Enum):
    """The instant at which a stock is taken."""

    END = "E, the earlier of the as-of instant and the end of the period"
    START = "the first instant of the period"
    OUTSET = "the as-of instant while the period runs; its first instant once it is over"
    AS_OF = "the as-of instant, whatever the period"
    WITHIN = "some time between the first instant of the period and E"


@dataclass(frozen=True)
class Standing:
    """A stock: rows count in every period at whose instant they stand.

    A row stands from `since` until before `until`. A row without a value in the column
    `needs_start` counts in the period `all` only. What was deleted by T counts nowhere, unless the
    stock is taken `as_known_then`: what was deleted since still stood.
    """

    stands: Stands = Stands.END
    words: str = "the end of the period"
    needs_start: str = ""
    as_known_then: bool = False


@dataclass(frozen=True)
class During:
    """A state that lasts: the row counts in every period for the days of it that it covers, up
    to E.

    The fact holds `since_on` and `until_on`, half-open; the row's days in the period are its
    column `covered_days`.
    """

    words: str


Anchor = At | On | Standing | During


@dataclass(frozen=True, eq=False)
class Aggregate:
    """How the rows become one number. `value` is what is summed, averaged or counted apart."""

    value: Expression | None = None

    empty: float | None = None
    """What no rows at all mean: 0 for counts and sums, unknown for the rest."""

    def columns(self) -> frozenset[str]:
        """The columns of the row that it looks at."""
        return looked_at(self.value)


class Count(Aggregate):
    """The number of rows."""

    def __init__(self) -> None:
        super().__init__(None, 0)

    def __repr__(self) -> str:
        return "count"


class Sum(Aggregate):
    """The sum of the known values; unknown when there are rows and every value is unknown.

    With `currency` the values are in that column's currency and are converted at the rate of the
    instant at which the stock is taken. `unit` is that of the values:
    money, duration or count.
    """

    currency: str = ""
    unit: str = "money"

    def __init__(self, value: Expression, currency: str = "", unit: str = "money") -> None:
        super().__init__(value, 0)
        object.__setattr__(self, "currency", currency)
        object.__setattr__(self, "unit", unit)

    def columns(self) -> frozenset[str]:
        """The columns of the row that it looks at."""
        return super().columns() | ({self.currency} if self.currency else frozenset())

    def __repr__(self) -> str:
        return f"sum of {self.value!r}"


class SumOfEach(Aggregate):
    """The sum of one value of each thing, made of sums over the rows of that thing.

    Things are told apart by the column `thing`. `sums` names what is added up for each, converted
    like a stock's money where there is a `currency`; `value` is made of these names.
    """

    thing: str
    sums: Mapping[str, Expression]
    currency: str = ""

    def __init__(
        self,
        value: Expression,
        thing: str,
        sums: Mapping[str, Expression],
        currency: str = "",
    ) -> None:
        super().__init__(value, 0)
        object.__setattr__(self, "thing", thing)
        object.__setattr__(self, "sums", sums)
        object.__setattr__(self, "currency", currency)

    def columns(self) -> frozenset[str]:
        """The columns of the row that it looks at."""
        own = {self.thing, self.currency} - {""}
        return frozenset(own).union(*map(looked_at, self.sums.values()))

    def __repr__(self) -> str:
        return f"sum of {self.value!r} for each {self.thing}"


class Distinct(Aggregate):
    """The number of different known values."""

    def __init__(self, value: Expression) -> None:
        super().__init__(value, 0)

    def __repr__(self) -> str:
        return f"different {self.value!r}"


class Mean(Aggregate):
    """The mean of the known values."""

    def __init__(self, value: Expression) -> None:
        super().__init__(value, None)

    def __repr__(self) -> str:
        return f"mean of {self.value!r}"


class Quantile(Aggregate):
    """The value below which a share of the known values lies, interpolated linearly."""

    share: float

    def __init__(self, value: Expression, share: float) -> None:
        super().__init__(value, None)
        object.__setattr__(self, "share", share)

    def __repr__(self) -> str:
        return f"{self.share:.0%} quantile of {self.value!r}"


class Median(Quantile):
    """The middle of the known values."""

    def __init__(self, value: Expression) -> None:
        super().__init__(value, 0.5)

    def __repr__(self) -> str:
        return f"median of {self.value!r}"


class Longest(Aggregate):
    """The largest of the known values."""

    def __init__(self, value: Expression) -> None:
        super().__init__(value, None)

    def __repr__(self) -> str:
        return f"longest {self.value!r}"


class CensoredMedian(Aggregate):
    """The time by which half of the cases had their event, after Kaplan and Meier.

    `value` is how long a case was watched, in seconds: until its event where that `happened`, else
    until now or until it left. Events come before censorings of the same length. Cases whose length
    is unknown or negative are left out. Where half of them never get there it is unknown.
    """

    happened: Expression

    def __init__(self, value: Expression, happened: Expression) -> None:
        super().__init__(value, None)
        object.__setattr__(self, "happened", happened)

    def columns(self) -> frozenset[str]:
        """The columns of the row that it looks at."""
        return super().columns() | self.happened.columns()

    def __repr__(self) -> str:
        return f"censored median of {self.value!r}"


class Incidence(Aggregate):
    """The share of cases that have their event by a horizon, after Aalen and Johansen.

    `value` is how long a case was watched, in seconds; its event is one that `happened`, a `rival`
    is an end that rules the event out. Other cases are censored. Without a horizon it is the share
    in the end, as far as cases were watched. A negative length counts as none.
    """

    happened: Expression
    rival: Expression | None = None
    horizon: Expression | None = None

    def __init__(
        self,
        value: Expression,
        happened: Expression,
        rival: Expression | None = None,
        horizon: Expression | None = None,
    ) -> None:
        super().__init__(value, None)
        object.__setattr__(self, "happened", happened)
        object.__setattr__(self, "rival", rival)
        object.__setattr__(self, "horizon", horizon)

    def columns(self) -> frozenset[str]:
        """The columns of the row that it looks at."""
        return super().columns() | self.happened.columns() | looked_at(self.rival)

    def __repr__(self) -> str:
        return f"estimated share with {self.happened!r}"
