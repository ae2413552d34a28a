"""Who did what to what, when: written in the act's own transaction, never changed.

An entry carries codes, field names and non-personal values only; a person's values live in the
person's own sealed history. A bulk act leaves one entry with its count and digest.
"""
