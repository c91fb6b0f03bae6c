"""What each person may see, and that nothing else is counted or listed."""
