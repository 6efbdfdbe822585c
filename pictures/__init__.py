"""Pictures: numbers in, drawings out; nothing is asked of a database or a network."""
