"""The review queue as a file, out and in."""
