"""Goals with no evidence or with little."""
