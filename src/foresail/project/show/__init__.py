"""How results look: as text for terminals and prompts, as HTML for notebooks."""
