"""What the making of several facts is put together from."""
