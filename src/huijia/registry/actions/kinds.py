"""What follows when a union becomes of another kind: federations have unions, not members."""

from huijia.core.kernel.verdict import ALLOWED, Verdict
from huijia.core.orgs.public import PRIMARY, Union, UnionState, tree
from huijia.core.orgs.public import queries as orgs
from huijia.registry.choices import IN_FORCE
from huijia.registry.events import UnionTally
from huijia.registry.models import Membership
from huijia.registry.rules.memberships import may_cease_to_hold_members


def may_become(union: Union, kind: str) -> Verdict:
    """Whether a union may become of a kind, with the members and the unions below that it has."""
    if union.kind in PRIMARY and kind not in PRIMARY:
        verdict = may_cease_to_hold_members(has_members=_has_members(union))
        if not verdict:
            return verdict
    for below in union.children.values_list("kind", flat=True).distinct():
        verdict = tree.may_stand_below(below, parent_kind=kind, parent_depth=union.depth)
        if not verdict:
            return verdict
    return ALLOWED


def tallies(union: Union, *, before: str) -> tuple[UnionTally, ...]:
    """What the figures hear of a union that was of another kind before."""
    was_primary, is_primary = before in PRIMARY, union.kind in PRIMARY
    if was_primary == is_primary or union.state != UnionState.ACTIVE:
        return ()
    return (UnionTally(union.pk, orgs.spot_of(union).levels, 1 if is_primary else -1),)


def _has_members(union: Union) -> bool:
    within = {f"level_{union.depth}": union.pk}
    return Membership.objects.filter(union=union, state__in=IN_FORCE, **within).exists()
