"""Live updates: open pages are told when data arrive, and ask again themselves."""
