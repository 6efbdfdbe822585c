"""Results in, SQLite out: the database, the review queue, decisions and the Datasette plugin."""
