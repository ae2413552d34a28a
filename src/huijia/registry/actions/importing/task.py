"""What the child process of an import is asked to do. Importable before Django is set up."""

import datetime as dt
from typing import NamedTuple


class Task(NamedTuple):
    """What a child is to do. `database` is the parent's, which the child must find too."""

    import_id: int
    at: dt.datetime
    rows_a_chunk: int
    database: str
