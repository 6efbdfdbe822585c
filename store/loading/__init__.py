"""Results of files into the database: planned, saved, settled."""
