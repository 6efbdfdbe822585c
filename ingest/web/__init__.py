"""Web pages and books made of them: the article, and what stands around it."""
