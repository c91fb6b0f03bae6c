"""The REST API: the same questions, rights and scope as the pages, as JSON."""
