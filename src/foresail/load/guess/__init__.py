"""A mapping guessed: what files hold, which canonical table each is, which column is which.

`looking` opens files and `source` says what they hold; `fitting` weighs a column against a
canonical one, `tables` finds the assignment that fits best on the whole, `links` what refers to
what; `deriving` and `ending` add what follows from columns together, `referenced` who is only
mentioned; `choosing` leaves out copies and history; `writing` makes a mapping file of it.
What comes of it can be imported without what does the guessing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foresail.load.guess.proposal import ColumnGuess, Proposal, TableGuess

if TYPE_CHECKING:
    from foresail.load.guess.proposing import propose

__all__ = ["ColumnGuess", "Proposal", "TableGuess", "propose"]


def __getattr__(name: str) -> Any:
    if name == "propose":
        from foresail.load.guess.proposing import propose

        return propose
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
