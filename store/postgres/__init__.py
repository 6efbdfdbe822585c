"""The same store on PostgreSQL: what the other modules ask of SQLite, said so that PostgreSQL does the same."""
