"""The specification of what follows from what."""
