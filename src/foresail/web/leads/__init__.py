"""The page Leads and activity: how people are answered, called, followed up, shown and met."""
