"""The simulated sales organisation, written as canonical files. Imports model and core only.

The causes are parameters (`causes.py`), every other number follows from them; they are written to
`truth.toml` beside the data, so that what is found in the data can be held against the truth.
"""

from foresail.demo.organisation import DemoOrganisation, write_organisation

__all__ = ["DemoOrganisation", "write_organisation"]
