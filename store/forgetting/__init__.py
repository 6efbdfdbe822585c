"""A living person removed from a database, and kept out of it."""
