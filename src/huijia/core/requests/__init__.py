"""What holds for every request: limits counted by all processes together, acts that happen once."""
