"""Two readers of the same proposals: blind, apart from the record until they agree, and never lost."""
