"""The system beside people's annotations."""
