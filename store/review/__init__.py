"""The review queue: which rows, out to a file, back in, in what order."""
