"""Frameworks side by side on the same evidence."""
