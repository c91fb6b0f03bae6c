"""Names taken apart into words that can be compared: dealOwner_ID, Deal Owner Id, deal-owner-id."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

Words = tuple[str, ...]

FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "&": " "})
WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
# Words that systems put around a name and that say nothing about it.
EMPTY = {"property", "hs", "fld", "col", "column", "field", "the", "of", "in", "c", "is", "iso"}
ALIKE = {
    "acct": "account",
    "amt": "amount",
    "datetime": "date",
    "datum": "date",
    "dt": "date",
    "mail": "email",
    "mgr": "manager",
    "nr": "number",
    "num": "number",
    "no": "number",
    "opp": "opportunity",
    "org": "organisation",
    "organization": "organisation",
    "pct": "percent",
    "qty": "quantity",
    "ts": "timestamp",
    "key": "id",
    "guid": "id",
    "uuid": "id",
}
# Words that alone do not make two names alike.
GENERAL = {"id", "name", "date", "type", "number", "code", "value", "at", "on", "by", "time"}
GENERAL |= {"record", "status", "timestamp", "to", "from", "start", "end", "first", "last", "total"}
KEPT = ("ss", "us", "is", "as", "ies")


@cache
def words(name: str) -> Words:
    """The words of a name, in lower case, singular, without those that say nothing.

    >>> words("Deal Owners ID"), words("property_dealname"), words("Abschlussdatum (geplant)")
    (('deal', 'owner', 'id'), ('dealname',), ('abschlussdatum', 'geplant'))
    """
    small = (
        name if any(each.isupper() for each in name[1:]) and not name.isupper() else name.lower()
    )
    found = [_plain(each) for each in WORD.findall(small.translate(FOLDED))]
    kept = [each for each in found if each not in EMPTY]
    return tuple(kept or found)


def _plain(word: str) -> str:
    word = word.lower()
    word = ALIKE.get(word, word)
    if word.endswith("nr") and len(word) > 4:
        return word[:-2] + "nummer"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and len(word) > 3 and not word.endswith(KEPT):
        return word[:-1]
    return word


def likeness(left: Words, right: Words) -> float:
    """How far two names mean the same: 1 for the same words, 0 for less than half in common.

    >>> likeness(("deal", "owner"), ("owner", "deal")), likeness(("email",), ("owner",))
    (0.97, 0.0)
    """
    if "".join(left) == "".join(right):
        return 1.0
    if sorted(left) == sorted(right):
        return 0.97
    common = set(left) & set(right)
    if not common - GENERAL:
        return 0.0
    shared = 2 * len(common) / (len(set(left)) + len(set(right)))
    return round(0.85 * shared, 4) if shared > 0.5 else 0.0


def without(name: Words, own: Collection[str]) -> Words:
    """The name without words that only say whose it is; the name itself where nothing is left."""
    return tuple(each for each in name if each not in own) or name
