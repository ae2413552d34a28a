"""Access: who holds which role where, sign-in and sessions, and the actor of each request.

The decision itself is in the kernel; this package only resolves what it decides on.
"""
