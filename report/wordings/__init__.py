"""What the commands say in plain words: figures in, lines out."""
