"""Marks in everybody's records, looked for in all that each of twenty people can fetch."""
