"""Tables: rows between rules, bands or white space; cells kept apart."""
