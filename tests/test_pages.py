"""The examples of pages: programs run and print what they say, settings are sound."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from foresail.catalogue.own import catalogue_of
from foresail.core.kpis import Benchmark
from foresail.warehouse import Settings

DOCS = Path(__file__).parents[1] / "docs"
EXAMPLE = re.compile(r"^```python notest\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SETTINGS = re.compile(r"^\n((?: {4}.*\n)+)", re.MULTILINE)
PRINTED = re.compile(r"^```\n\n((?: {4}.*\n|\n)+)", re.MULTILINE)


@pytest.mark.parametrize("name", ["python.md", "rights.md"])
def test_the_examples_of_a_page_run_and_print_what_it_says(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = DOCS / name
    text = page.read_text(encoding="utf-8")
    known: dict[str, object] = {}
    for found in EXAMPLE.finditer(text):
        lines = text.count("\n", 0, found.start(1))
        exec(compile("\n" * lines + found[1], page, "exec"), known)
    printed = [dedent(each).strip() for each in PRINTED.findall(text)]
    assert len(printed) == 1
    assert printed[0] in capsys.readouterr().out


def test_the_settings_on_the_page_of_own_kpis_are_sound(tmp_path: Path) -> None:
    text = (DOCS / "own-kpis.md").read_text(encoding="utf-8")
    examples = [dedent(each) for each in SETTINGS.findall(text)]
    assert len(examples) == 3
    # `hidden` stands above the first section
    (tmp_path / "foresail.toml").write_text("\n".join(reversed(examples)), encoding="utf-8")
    catalogue = catalogue_of(Settings.read(tmp_path))
    assert "wins_per_1000_calls" in catalogue.kpis
    assert catalogue.kpis["lead_response_time"].benchmark == Benchmark(None, 3600, "Our promise")
    assert "talk_time" in catalogue.hidden
