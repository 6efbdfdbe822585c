"""Lessons out of the database, learnt models into it."""
