"""Explore: any KPI by any dimension, drawn and as a table."""
