"""Passages in, proposals out."""
