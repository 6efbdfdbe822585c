"""The database as a folder of Parquet files, for DuckDB, pandas and data lakes."""
