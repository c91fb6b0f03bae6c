"""A question as a command: what `foresail ask` takes from start to end."""
