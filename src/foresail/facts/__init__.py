"""One file per fact table: grain, dimensions, measures, and how it is made. Imports warehouse.

A fact row holds the instants at which things happened, so the state as of any instant is a filter,
never another computation.
"""
