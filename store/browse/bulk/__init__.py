"""Many proposals decided at once."""
