"""The examples of a page that is one story are run as one program, and print what it says."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

DOCS = Path(__file__).parents[1] / "docs"
EXAMPLE = re.compile(r"^```python notest\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PRINTED = re.compile(r"^```\n\n((?: {4}.*\n|\n)+)", re.MULTILINE)


def test_the_examples_of_the_python_page_run_and_print_what_it_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = DOCS / "python.md"
    text = page.read_text(encoding="utf-8")
    known: dict[str, object] = {}
    for found in EXAMPLE.finditer(text):
        lines = text.count("\n", 0, found.start(1))
        exec(compile("\n" * lines + found[1], page, "exec"), known)
    printed = [dedent(each).strip() for each in PRINTED.findall(text)]
    assert len(printed) == 1
    assert printed[0] in capsys.readouterr().out
