"""How numbers, dates and ranges are written on pages. Imports project and below."""
