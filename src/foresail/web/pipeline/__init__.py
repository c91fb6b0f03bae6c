"""Pipeline: what stands open as of any day, whether it is enough, and how it came about."""
