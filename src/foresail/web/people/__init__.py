"""Who may come in, as what, and what they did. Facts never enter its database."""
