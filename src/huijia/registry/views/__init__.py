"""Screens of the register, one module a family."""
