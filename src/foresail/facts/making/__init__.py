"""How each fact is made of the canonical tables: one file per fact, planned through Ibis."""
