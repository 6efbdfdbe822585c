"""Tuning the encoder on our passages: needs PyTorch, which running goalmap does not. `make encoder` does it all."""
