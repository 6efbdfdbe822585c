"""Who belongs to what."""
