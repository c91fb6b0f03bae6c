"""Settings: what the organisation decides about its own numbers, changed in the browser."""
