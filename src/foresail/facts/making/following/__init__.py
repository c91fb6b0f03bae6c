"""Facts brought after a change of a few records, in place of being made anew."""
