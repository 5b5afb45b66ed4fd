"""Changing what a person wrote: only what is meant, only if nobody else did meanwhile, and with a way back."""
