"""Huijia 会家: a digital trade-union platform for a city federation."""
