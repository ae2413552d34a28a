"""People: who somebody is, sealed where it must be, and who may sign in.

*Person*: name and demographic facts, readable within reach. *Identity*: paper number and phone,
sealed, found by blind index, fenced by row-level security. *Account*: somebody who signs in.
Sources: GB 11643 (identity number), GB/T 2261, 3304, 4658, 4762 (code tables), PIPL art. 28.
"""
