"""What a fact, measure, formula, KPI, dimension and period is. Imports nothing of Foresail."""
