"""The page that a passage stands on, and the file that it comes from."""
