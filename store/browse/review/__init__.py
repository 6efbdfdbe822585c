"""The review page: one passage at a time."""
