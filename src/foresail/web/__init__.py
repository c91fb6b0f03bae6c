"""The pages: a Django site over one project. Imports project and below."""
