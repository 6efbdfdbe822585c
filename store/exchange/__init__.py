"""Decisions as an asset: out of one database and into another, to people as a table, to other programs as a project."""
