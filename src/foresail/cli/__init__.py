"""The command line: one file per group of commands. Imports project, demo and web, when it runs."""
