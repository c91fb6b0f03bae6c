"""What people and systems call the canonical tables and columns, in English and German.

Beside plain words these are names that Salesforce, HubSpot, Pipedrive, Zoho, Dynamics and Close
use. The entry "" holds the names of the table itself; the first names are the commonest. Umlauts
are written out.
"""

from __future__ import annotations

from functools import cache

from foresail.load.guess.vocabulary import activities, deals, money, prospects, sellers
from foresail.load.guess.words import Words, words

WORDS: dict[str, dict[str, str]] = {
    name.lower(): value
    for module in (sellers, prospects, deals, activities, money)
    for name, value in vars(module).items()
    if isinstance(value, dict) and name.isupper()
}


SHORTEST_COMPOUND = 6
# Words of names for what is not ours, known so that they can be told from the rest of a name.
FURTHER = {"first", "last", "modified", "number", "hubspot", "due", "ship", "bill", "address"}


@cache
def names_of(table: str, column: str = "") -> tuple[Words, ...]:
    """What a canonical table, or one of its columns, may be called; its own name comes first."""
    own = column or table
    called = WORDS[table].get(column, "").split(",")
    return tuple(dict.fromkeys(each for name in (own, *called) if (each := words(name))))


def words_of(name: str) -> Words:
    """The words of a name, those written without a gap as well: `closedate` is close date."""
    return tuple(part for each in words(name) for part in _parts(each))


@cache
def _parts(word: str) -> Words:
    """The fewest known words that a word is made of; the word itself where it is known or none."""
    known = _known_words()
    if word in known or len(word) < SHORTEST_COMPOUND:
        return (word,)
    best: dict[int, Words] = {0: ()}
    for end in range(2, len(word) + 1):
        ways = [
            (*best[start], *words(word[start:end]))
            for start in range(end - 1)
            if start in best and word[start:end] in known
        ]
        if ways:
            best[end] = min(ways, key=len)
    return best.get(len(word)) or (word,)


@cache
def _known_words() -> frozenset[str]:
    """All words of the vocabulary, each as it is written and in the singular."""
    called = (name for names in WORDS.values() for each in names.values() for name in each.split())
    written = {each.strip(",") for each in called}
    return frozenset(written | {part for each in written for part in words(each)} | FURTHER)
