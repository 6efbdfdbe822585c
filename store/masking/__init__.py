"""Marks in place of the names of people who were removed: where they are named, and what passes by before it is written."""
