"""Organisations: divisions, the union tree, employers, and which union covers which employer.

Two trees are kept apart: administrative divisions (GB/T 2260 and below) and unions. A union names
the division it serves; function zones have a union and no division of their own.
"""
