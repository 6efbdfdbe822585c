"""Copies of one story: clusters of documents that tell the same, each with one that stands for all."""

from sqlite_utils import Database


def refresh(db: Database) -> None:
    """Bring clusters and twins up to date. Call it inside `immediate`."""
