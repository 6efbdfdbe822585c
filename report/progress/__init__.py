"""What became of recommendations, goals then and now, figures over time."""
