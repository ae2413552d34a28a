"""The specification of figures."""
