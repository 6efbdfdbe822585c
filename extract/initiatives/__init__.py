"""Initiatives: how they are named."""
