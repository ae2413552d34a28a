"""Screens of the figures: the desk's home and the same page for any node within reach."""
