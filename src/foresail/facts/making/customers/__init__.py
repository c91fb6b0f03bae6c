"""Facts of customers and of the market: subscriptions, key accounts, surveys, costs."""
