"""The records behind a number. Imports project and below, and the web's own question."""
