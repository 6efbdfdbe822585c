"""Whole reports, made of sections."""
