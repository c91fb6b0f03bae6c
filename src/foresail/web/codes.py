"""Codes as people say them: values of closed lists, KPIs and settings; names stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping

from foresail.model import TABLES
from foresail.warehouse.sections import Thresholds
from foresail.warehouse.settings import Settings

CODES = frozenset(
    choice for table in TABLES.values() for column in table.columns for choice in column.choices
)
WRITTEN = {
    **{each: each.upper() for each in ("sdr", "ae", "am", "csm", "vp", "mql", "sql")},
    "c_level": "C-level",
    "no_show": "no-show",
}
"""Codes that people write otherwise than with spaces."""
SETTINGS = frozenset({*Settings.model_fields, *Thresholds.model_fields})
NAME_IN_A_SENTENCE = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")


def said(value: str) -> str:
    """A code of the model in words; every other text, such as a name, as it is.

    >>> said("marketing_salaries"), said("sdr"), said("c_level"), said("ann_smith")
    ('marketing salaries', 'SDR', 'C-level', 'ann_smith')
    """
    return WRITTEN.get(value, value.replace("_", " ")) if value in CODES else value


def spoken(sentence: str, labels: Mapping[str, str] | None = None) -> str:
    """A sentence with the names of KPIs (by `labels`) and of settings in words.

    >>> spoken("win_rate leaves out o_1 (the setting not_a_loss).", {"win_rate": "Win rate"})
    'Win rate leaves out o_1 (the setting “not a loss”).'
    """

    def words(found: re.Match[str]) -> str:
        name = found[0]
        if name in SETTINGS:
            return f"“{name.replace('_', ' ')}”"
        return (labels or {}).get(name) or said(name)

    return NAME_IN_A_SENTENCE.sub(words, sentence)
