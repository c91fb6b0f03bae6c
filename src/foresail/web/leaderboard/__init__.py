"""Who leads in what, as far as the numbers tell people apart."""
