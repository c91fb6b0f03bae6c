"""What can be trusted: which data are there, which KPIs they answer, and what looks wrong in them.

Sees the catalogue's needs and the loaded rows; knows nothing of projects, terminals or pages.
"""
