"""Organisations: how they are named."""
