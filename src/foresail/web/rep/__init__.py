"""The reps, and the page that a manager and a rep look at together in their 1-on-1."""
