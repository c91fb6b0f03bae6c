"""Whose records a person may see."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from foresail.core.errors import DefinitionError


class Kind(Enum):
    """How far a person sees."""

    EVERYTHING = "everything"
    MANAGER = "manager"
    REP = "rep"
    SUMS = "sums"


@dataclass(frozen=True)
class Scope:
    """What a person may see, on any day: the records of some reps, or sums, or everything.

    A manager sees what is credited to the manager, and to those who stood below the manager when
    it happened. A rep sees the own records, and the sums of the own team. Whoever sees sums alone
    sees those of the whole organisation, but no rep's and no records.
    """

    kind: Kind
    rep: str = ""

    def __post_init__(self) -> None:
        if bool(self.rep) != (self.kind in (Kind.MANAGER, Kind.REP)):
            raise DefinitionError(f"The scope {self.kind.value} fits no rep {self.rep!r}.")

    @classmethod
    def of_manager(cls, rep: str) -> Scope:
        """What the manager with that id sees."""
        return cls(Kind.MANAGER, rep)

    @classmethod
    def of_rep(cls, rep: str) -> Scope:
        """What the rep with that id sees."""
        return cls(Kind.REP, rep)

    @property
    def is_everything(self) -> bool:
        """Whether nothing is kept from the person."""
        return self.kind is Kind.EVERYTHING

    @property
    def is_personal(self) -> bool:
        """Whether it depends on who somebody is."""
        return bool(self.rep)


EVERYTHING = Scope(Kind.EVERYTHING)
SUMS = Scope(Kind.SUMS)
