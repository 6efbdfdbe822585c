"""Which names mean the same."""
