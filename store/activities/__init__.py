"""Activities: what people say of them, and the tables brought up to date."""
