"""What a database holds, for those who ask."""
