"""Activities as pages: a list, one of them, and its repair."""
