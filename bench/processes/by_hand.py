"""A question by hand as a program of its own: the SQL of a file on a database, as CSV.

Run: python by_hand.py DATABASE FILE.sql
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import duckdb


def main() -> None:
    """Print the rows."""
    database, file = sys.argv[1:]
    with duckdb.connect(database, read_only=True) as plain:
        found = plain.execute(Path(file).read_text(encoding="utf-8"))
        out = csv.writer(sys.stdout)
        out.writerow(each[0] for each in found.description or ())
        out.writerows(found.fetchall())


if __name__ == "__main__":
    main()
