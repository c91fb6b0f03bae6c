"""Funnel and leakage: what each stage lets through, against what was to be expected."""
