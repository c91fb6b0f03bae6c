"""Pure functions on numbers and arrays. Imports core only; no Django, no SQL."""
