"""What a manager and a rep agree in their 1-on-1s, kept for the two of them alone."""
