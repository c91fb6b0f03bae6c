"""Facts of deals: states, stages, touches, wins, bookings."""
