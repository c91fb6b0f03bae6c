"""The history of a record. Imports project and below, and the web's sheets."""
