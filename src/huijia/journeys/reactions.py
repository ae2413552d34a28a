"""What follows from what: every event with its handlers, in one table.

Handlers run in the transaction of the act; work for later is enqueued by them.
"""

from collections.abc import Mapping, Sequence

from huijia.core.kernel.events import Handler

TABLE: Mapping[type, Sequence[Handler]] = {}
