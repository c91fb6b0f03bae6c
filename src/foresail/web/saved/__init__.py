"""Saved views: pages with their question under a name, for oneself or for everybody."""
