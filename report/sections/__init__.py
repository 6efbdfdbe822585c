"""The sections that reports are made of, one module for each kind."""
