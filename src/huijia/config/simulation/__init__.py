"""A simulated city of any size: real divisions, invented employers, synthetic people.

The same city code, sizes, seed and day make the same city, byte by byte. `cities` draws up the
tree, `members` makes the people chunk by chunk (each chunk by itself, so memory stays flat and
processes can share the work), `sheets` writes official sheets, `loading` fills a database.
`docs/how-to/demonstration.md` says what is synthetic and how it is recognised.
"""
