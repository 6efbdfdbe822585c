"""Words that several readers of names know: given names, titles, posts, places, well-known bodies."""
