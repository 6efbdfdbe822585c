"""Entities across documents: bringing names together, what people decide on that, what a gazetteer adds."""
