"""Measurements beside their yardsticks; `make bench` runs them and writes var/bench.json."""
