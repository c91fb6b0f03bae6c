"""What keeps people to what they may see, taken away in turn, to see that tests notice."""
