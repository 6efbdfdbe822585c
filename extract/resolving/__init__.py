"""Which names of different documents mean one person, body or initiative."""
