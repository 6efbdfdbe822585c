"""The name tagger: loading and training it."""
