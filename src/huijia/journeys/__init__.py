"""Errands that cross capabilities, and the one table of consequences (`reactions`)."""
