"""Makes the reference pages from the code: python -m docs.making."""
