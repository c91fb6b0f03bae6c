"""The sales organisation that is measured: its files, as plain tables and as a project."""
