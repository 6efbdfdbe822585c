"""Options in, calls, printing: a module for each family of commands. No rule of the domain lives here."""
