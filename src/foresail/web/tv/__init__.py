"""The office screen: a few large numbers in turn, kept up to date by themselves."""
