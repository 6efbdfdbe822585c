"""The database in the browser: what Datasette shows of it beside its own tables."""
