"""The writers of persons and identities.

They belong to the core and know no union: the capability that calls them has required the permit
on the union of membership, and writes the audit entry where that union is known.
"""
