"""The page Results: what came of the work, each beside the actions it follows from."""
