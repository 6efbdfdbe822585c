"""Decisions and proposals in, reports out."""
