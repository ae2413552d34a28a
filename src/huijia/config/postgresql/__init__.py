"""The database engine of the settings: Django's own, with a check of connections that is free."""
