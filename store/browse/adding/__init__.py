"""Documents added from the browser."""
