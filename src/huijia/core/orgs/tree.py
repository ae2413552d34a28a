"""Pure rules of the union tree: what may stand below what, and what a path says.

Sources: Trade Union Law, articles 10–12; the small three levels (town, village or park, employer).
"""

from typing import Final

from huijia.core.kernel.verdict import ALLOWED, Verdict, refused
from huijia.core.orgs.choices import DEEPEST, FEDERATIONS, UnionKind

Levels = tuple[int | None, int | None, int | None, int | None, int | None]
"""The ancestor-or-self at each depth; None below the node."""

_AREAS: Final = frozenset({UnionKind.CITY, UnionKind.COUNTY, UnionKind.TOWN})
_ZONES: Final = _AREAS | {UnionKind.ZONE}
ABOVE: Final[dict[UnionKind, frozenset[UnionKind]]] = {
    UnionKind.CITY: frozenset(),
    UnionKind.COUNTY: frozenset({UnionKind.CITY}),
    UnionKind.TOWN: frozenset({UnionKind.CITY, UnionKind.COUNTY}),
    UnionKind.ZONE: _AREAS,
    UnionKind.INDUSTRY: _ZONES,
    UnionKind.AREA: FEDERATIONS,
    UnionKind.SINGLE: FEDERATIONS | {UnionKind.AREA, UnionKind.SINGLE},
    UnionKind.JOINT: FEDERATIONS | {UnionKind.AREA},
}
"""The kinds that each kind may stand below; a group company's union has unions of its own below."""


def may_stand_below(kind: str, *, parent_kind: str | None, parent_depth: int) -> Verdict:
    """Whether a union of a kind may be founded below a parent (None: at the top)."""
    if parent_depth >= DEEPEST:
        return refused("tree-too-deep", deepest=DEEPEST)
    if parent_kind is None:
        return ALLOWED if kind == UnionKind.CITY else refused("only-a-city-at-the-top")
    if parent_kind in ABOVE[UnionKind(kind)]:
        return ALLOWED
    return refused("kind-not-below-parent", kind=kind, parent=parent_kind)


def kinds_below(parent_kind: str) -> tuple[UnionKind, ...]:
    """The kinds that may be founded below a union of this kind, in the order of the list."""
    return tuple(kind for kind in UnionKind if parent_kind in ABOVE[kind])


def path_below(parent_path: str, union_id: int) -> str:
    """The path of a union below a parent (empty: at the top)."""
    return f"{parent_path}.{union_id}" if parent_path else str(union_id)


def ids_of(path: str) -> tuple[int, ...]:
    """The nodes that a path names, top first, the node itself last."""
    return tuple(int(label) for label in path.split("."))


def levels_of(path: str) -> Levels:
    """What a path says, in the shape of the level columns."""
    ids: list[int | None] = [*ids_of(path), *[None] * DEEPEST]
    return ids[0], ids[1], ids[2], ids[3], ids[4]
