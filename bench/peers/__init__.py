"""The same questions put to what people use today, each peer in an environment of its own.

Everything here but `__main__` runs without Foresail, in the environment that `make bench-peers`
makes from `locks/`. Foresail depends on none of it.
"""
