"""Data, no code: frameworks, training passages and trained models, each with its card."""
