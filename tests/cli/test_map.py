"""`foresail map` in a process of its own: what it prints, what it writes, how it refuses."""

import json
from pathlib import Path

from tests.cli.program import foresail

DEALS = """\
Deal ID,Deal Owner,Amount,Created,Close Date,Deal Stage,Colour
1,Ann Lee,1200,2026-01-07,2026-02-03,Closed Won,red
2,Bob Ray,900,2026-01-09,2026-02-20,Closed Lost,blue
"""
PRICES = "width,height\n1,2\n"


def files_in(folder: Path) -> None:
    (folder / "exports").mkdir()
    (folder / "exports" / "deals.csv").write_text(DEALS)
    (folder / "exports" / "boxes.csv").write_text(PRICES)


def test_files_are_shown_and_the_mapping_loads_as_it_is(tmp_path: Path) -> None:
    files_in(tmp_path)
    done = foresail("map", "exports", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "File       Table        Rows  Fit  Sure  Unsure  Unused",
        "───────────────────────────────────────────────────────",
        "deals.csv  rep             2  85%     2       0       0",
        "deals.csv  opportunity     2  98%     7       0       1",
        "Fit: how well the file is that table. Sure, Unsure, Unused: its columns.",
        "",
        "No table fits",
        "  · boxes.csv: its columns are like those of no table",
        "",
        "Wrote mapping.toml. Look through it, then try it:",
        "  foresail load exports --mapping mapping.toml --dry-run",
    ]
    foresail("init", folder=tmp_path)
    loaded = foresail("load", "exports", "--mapping", "mapping.toml", folder=tmp_path)
    assert loaded.returncode == 0, loaded.stderr
    asked = foresail("ask", "win_rate", "--period", "2026-Q1", "--format", "json", folder=tmp_path)
    assert json.loads(asked.stdout)["rows"][0]["win_rate"] == 0.5


def test_a_mapping_that_is_there_is_kept(tmp_path: Path) -> None:
    files_in(tmp_path)
    (tmp_path / "mapping.toml").write_text("corrected")
    refused = foresail("map", "exports", folder=tmp_path)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "mapping.toml exists already" in refused.stderr
    assert (tmp_path / "mapping.toml").read_text() == "corrected"
    assert foresail("map", "exports", "--output", "other.toml", folder=tmp_path).returncode == 0
    assert foresail("map", "exports", "--force", folder=tmp_path).returncode == 0
    assert (tmp_path / "mapping.toml").read_text() == (tmp_path / "other.toml").read_text()


def test_programs_get_the_proposal_and_no_file_is_written(tmp_path: Path) -> None:
    files_in(tmp_path)
    done = foresail("map", "exports", "--format", "json", folder=tmp_path)
    proposal = json.loads(done.stdout)
    assert [each["table"] for each in proposal["tables"]] == ["rep", "opportunity"]
    assert not (tmp_path / "mapping.toml").exists()


def test_what_cannot_be_mapped_is_said_on_standard_error(tmp_path: Path) -> None:
    files_in(tmp_path)
    done = foresail("map", "exports/boxes.csv", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "No canonical table fits any of these: boxes.csv" in done.stderr
    missing = foresail("map", "nowhere", folder=tmp_path)
    assert missing.returncode == 1
    assert "nowhere does not exist" in missing.stderr
