"""The page of results: what came of it."""
