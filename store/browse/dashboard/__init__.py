"""The dashboard: what a database holds, in pictures whose every part leads to its passages."""
