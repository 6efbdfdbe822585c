"""People: how they are named."""
