"""Sentence encoders: texts in, vectors out; their weights are data in models/, and nothing here needs a network."""
