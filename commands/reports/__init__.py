"""Reports from decisions and proposals: one module for each kind."""
