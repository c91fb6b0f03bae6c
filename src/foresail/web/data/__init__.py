"""Data: what was loaded, what was set aside, how healthy it is; files brought in by the browser."""
