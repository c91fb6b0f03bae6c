"""Every KPI a second time: plain Python over lists of records, written from the definitions.

Nothing here is shared with the engine, so that one mistake cannot be made in both. Clarity comes
before speed. To add a KPI, write what it counts in its theme's file and name it in `KPIS` there;
`ask.py` puts the themes together. `worlds` makes what both are asked about.
"""
