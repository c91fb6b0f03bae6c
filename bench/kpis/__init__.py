"""Declared KPIs beside the best SQL by hand for the same numbers, on the same data."""
