"""How right, how complete, how much agreed: measures with their intervals."""
