"""What holds for every request: limits counted by all processes together, acts that happen once.

It knows no account but by number, so that the sign-in, on the floor above, can count its tries.
"""
