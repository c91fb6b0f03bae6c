"""How dates, numbers, names and choices are recognised."""

from __future__ import annotations

import pytest

from foresail.load.guess.choices import choice_of, truth_of
from foresail.load.guess.dates import dates_of
from foresail.load.guess.numbers import numbers_of
from foresail.load.guess.vocabulary import WORDS, words_of
from foresail.model import TABLES


@pytest.mark.parametrize(
    ("values", "formats"),
    [
        (["2026-01-31", "2026-02-28 10:15"], ("",)),
        (["31.01.2026", "01.02.2026"], ("%d.%m.%Y",)),
        (["31.01.2026 09:30"], ("%d.%m.%Y %H:%M",)),
        (["31/01/2026"], ("%d/%m/%Y",)),
        (["01/31/2026"], ("%m/%d/%Y",)),
        (["01/02/2026", "03/04/2026"], ("%m/%d/%Y", "%d/%m/%Y")),
        (["Jan 31, 2026"], ("%b %d, %Y",)),
        (["2026-01-31 6:05:10"], ("%Y-%m-%d %H:%M:%S",)),
        (["17", "18"], ()),
        (["Ann Lee"], ()),
    ],
)
def test_dates_tell_their_format(values: list[str], formats: tuple[str, ...]) -> None:
    assert dates_of(values).formats == formats


@pytest.mark.parametrize(
    ("values", "decimal", "most"),
    [
        (["1200.50", "3"], ".", 1200.5),
        (["1.200,50", "3"], ",", 1200.5),
        (["1,200.50"], ".", 1200.5),
        (["12,5"], ",", 12.5),
        (["€ 900,00", "1.200,00 €"], ",", 1200.0),
        (["17"], "", 17.0),
    ],
)
def test_numbers_tell_their_decimals(values: list[str], decimal: str, most: float) -> None:
    found = numbers_of(values)
    assert (found.share, found.decimal, found.most) == (1.0, decimal, most)


def test_a_number_that_may_be_either_tells_nothing() -> None:
    assert numbers_of(["1,234"]).decimal == ""
    assert numbers_of(["40%"]).is_percent
    assert numbers_of(["Ann"]).share == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("dealOwner_ID", ("deal", "owner", "id")),
        ("property_closedate", ("close", "date")),
        ("salesorderid", ("sale", "order", "id")),
        ("Auftragsnr.", ("auftragsnummer",)),
        ("Größe", ("groesse",)),
        ("Opportunities", ("opportunity",)),
        ("Lead_Source__c", ("lead", "source")),
    ],
)
def test_names_are_taken_apart(name: str, words: tuple[str, ...]) -> None:
    assert words_of(name) == words


def test_the_vocabulary_speaks_of_every_table_and_of_no_other_column() -> None:
    assert set(WORDS) == set(TABLES)
    for name, called in WORDS.items():
        assert set(called) - {""} <= set(TABLES[name].by_name), name


def test_values_mean_choices_in_both_languages() -> None:
    outcome = TABLES["opportunity"].by_name["outcome"]
    found = {each: choice_of("opportunity", outcome, each) for each in STATES}
    assert found == STATES
    assert [truth_of(each) for each in ("Ja", "FALSE", "maybe")] == [True, False, None]


STATES = {
    "Closed Won": "won",
    "closed-lost": "lost",
    "Gewonnen": "won",
    "Verloren": "lost",
    "Negotiation": "",
}
