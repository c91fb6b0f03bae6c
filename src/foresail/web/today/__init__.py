"""Today: what is due, who waits, and what must not be forgotten."""
