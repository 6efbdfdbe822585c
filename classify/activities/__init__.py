"""Passages that serve goals, brought together into activities: one initiative or act, however many documents tell of it."""
