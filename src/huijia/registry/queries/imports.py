"""Questions about imports: the unions a sheet may name, and what became of its rows."""

from collections import defaultdict

from huijia.core.kernel.actor import Place
from huijia.core.orgs.public import Union, UnionState
from huijia.core.orgs.public import queries as orgs
from huijia.registry.rules.members import UnionBook, UnionEntry, union_name
from huijia.registry.rules.memberships import may_hold_members

MOST_CODES = 3
NULL = "\\N"


def union_book(target: Union) -> UnionBook:
    """The unions at and below a union, by code and by name, as the judge of members needs them."""
    place = Place(target.pk, target.depth, target.path)
    by_code: dict[str, UnionEntry] = {}
    by_name: dict[str, UnionEntry] = {}
    codes: defaultdict[str, list[str]] = defaultdict(list)
    default = None
    rows = Union.objects.filter(orgs.within([place])).values_list(
        "id", "code", "name", "short_name", "kind", "state", "employer_id",
        "level_1", "level_2", "level_3", "level_4", "level_5",
    )  # fmt: skip
    for key, code, name, short_name, kind, state, employer_id, *levels in rows.iterator():
        entry = UnionEntry(
            id=key,
            holds_members=bool(may_hold_members(kind=kind, state=UnionState.ACTIVE)),
            is_dissolved=state == UnionState.DISSOLVED,
            place="\t".join(
                NULL if each is None else str(each) for each in (key, *levels, employer_id)
            ),
        )
        by_code[code.upper()] = entry
        for each in {union_name(name), union_name(short_name)} - {""}:
            by_name[each] = entry
            codes[each].append(code)
        if key == target.pk and entry.holds_members:
            default = entry
    ambiguous = {
        name: "、".join(found[:MOST_CODES]) for name, found in codes.items() if len(found) > 1
    }
    for name in ambiguous:
        del by_name[name]
    return UnionBook(by_code, by_name, ambiguous, default)
