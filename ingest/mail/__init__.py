"""E-mail, with what came before it and what is attached."""
