"""What sorts passages into goals: heads, opinions, weighings, how they are trained and kept."""
