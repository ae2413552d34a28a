"""A sheet is walked in blocks; where an earlier walk stopped, a block ends."""

from types import SimpleNamespace

import pytest

from huijia.registry.actions.importing import blocks

ROWS = 23


def bounds(size, done):
    sheet = SimpleNamespace(data=lambda: ((number, [str(number)]) for number in range(ROWS)))
    return [
        (block.first, block.first + len(block.cells)) for block in blocks.blocks(sheet, done, size)
    ]


@pytest.mark.parametrize("size", [1, 7, 10, 100])
@pytest.mark.parametrize("done", [0, 1, 10, 22, 23])
def test_blocks_cover_every_row_once_and_end_at_the_pointer(size, done):
    found = bounds(size, done)

    assert [row for first, end in found for row in range(first, end)] == list(range(ROWS))
    assert done in {0, *(end for _first, end in found)}
    assert all(end - first <= size for first, end in found)
