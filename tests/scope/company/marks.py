"""The marks that records carry, and the harm that some names would do.

Everything of one person carries the same three letters: `ann`. They stand in the ids of records
(`id_ann_`), in their texts (`mark_ann_`), in the id and the name of the rep (`rep_ann_`,
`name_ann_`) and in what is kept by the pages (`talk_ann_`, `view_ann_`,
`mail_ann_`). What an organisation sorts
by, such as products and sources, carries the mark of a team: `team_nor_`. One amount of each rep is
nobody else's.
"""

from __future__ import annotations

import re

MARCH = "2026-03"
MARK = re.compile(r"(?:id|mark|rep|name|team|talk|view|mail)_[a-z]{3}_")
AMOUNT = re.compile(r"(?<!\d)1\d{6}(?!\d)")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[,\s'](?=\d{3})")
BLANKS = re.compile(r"[\s\u00ad\u200b]+")

SCRIPT = "<script>alert(1)</script>"
PICTURE = "<img src=x onerror=alert(1)>"
LONG = "and so on " * 60
TURNED = "\u202eשלום"
DRESSES: dict[str, tuple[str, str]] = {
    "bob": ("=1+1|", ""),
    "ida": ("", f"\"'>{SCRIPT}"),
    "cid": ("", LONG),
    "dot": (TURNED, ""),
    "eve": ("@SUM(1)|", "&amp;{{7*7}}{% now %}"),
    "fay": ("-2+3|", "\\"),
    "hal": ("", PICTURE),
    "jon": ("+1|", "%3Cb%3E"),
    "eas": ("", PICTURE),
    "sou": ("=2+2|", ""),
    "wes": (TURNED, ""),
}
"""What stands before and after the names of some people and teams."""


def text(code: str, words: str = "") -> str:
    """A text of somebody's records."""
    return dressed(code, f"{words} mark_{code}_".strip())


def named(code: str) -> str:
    """What somebody is called."""
    return dressed(code, f"name_{code}_")


def of_team(code: str, words: str = "") -> str:
    """A team, or something that only its people deal with."""
    return dressed(code, f"{words} team_{code}_".strip())


def record(code: str, words: str) -> str:
    """The id of a record."""
    return f"{words} id_{code}_"


def rep_id(code: str) -> str:
    """The id of a rep."""
    return f"rep_{code}_"


def dressed(code: str, words: str) -> str:
    """The words as they are written where this is somebody whose names do harm."""
    before, after = DRESSES.get(code, ("", ""))
    return f"{before}{words}{after}"


def amount_of(number: int) -> int:
    """The amount that is one rep's alone: no sum or mean of some is another's."""
    return 1_000_000 + (number + 3) ** 2 * 3_989 + 13


def marks_of(content: str) -> set[str]:
    """All marks in a text, wherever lines are broken in it."""
    whole = BLANKS.sub("", content)
    return {*MARK.findall(whole), *AMOUNT.findall(BETWEEN_DIGITS.sub("", content))}
