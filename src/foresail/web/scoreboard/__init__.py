"""The scoreboard: who stands where. Imports project and below, and the web's own question."""
