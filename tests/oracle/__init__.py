"""Every KPI a second time: plain Python over lists of records, written from the definitions.

Nothing here is shared with the engine, so that one mistake cannot be made in both. Clarity comes
before speed. To add a KPI, write what it counts in its theme's file and name it in `KPIS` there;
`ask.py` puts the themes together. `worlds` makes what both are asked about.
"""

from __future__ import annotations

import os

WORLDS = int(os.environ.get("FORESAIL_WORLDS", "16"))
"""So many random worlds are asked; each costs a project of its own."""
IS_FULL = WORLDS >= 1000
"""Whether all is asked that can be, as `make oracle` does."""
