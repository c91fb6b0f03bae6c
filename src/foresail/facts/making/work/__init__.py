"""Facts of what people did: activities, meetings, mails, assets, visits of the web site."""
