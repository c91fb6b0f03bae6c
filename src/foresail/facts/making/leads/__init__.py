"""Facts of leads: requests, answers, touches, follow-ups, exits, wins."""
