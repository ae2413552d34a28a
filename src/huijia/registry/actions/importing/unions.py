"""A sheet of unions: read whole, since rows may name each other, judged, and written at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from huijia.core.kernel import events
from huijia.core.kernel.actor import Actor, Place
from huijia.core.kernel.errors import NotFound, Refused
from huijia.core.orgs.public import (
    PRIMARY,
    Division,
    Employer,
    Union,
    UnionFacts,
    UnionRow,
    UnionState,
    tree,
    unions,
)
from huijia.core.orgs.public import queries as orgs
from huijia.core.people.public import name_grams
from huijia.registry.actions import kinds
from huijia.registry.actions.importing.child import Block
from huijia.registry.actions.importing.members import Chunk, MeanwhileError
from huijia.registry.choices import Post, RowVerdict
from huijia.registry.events import UnionsChanged, UnionTally
from huijia.registry.models import Officer
from huijia.registry.rules.members import union_name
from huijia.registry.rules.reasons import ImportReason, Reason
from huijia.registry.rules.unions import UnionDraft, kind_by_name, read_union

MOST_CODES: Final = 3
BATCH: Final = 2_000
LONGEST_CODE: Final = 24
FACTS: Final = (
    "name", "kind", "credit_code", "division_id", "employer_id", "founded_on", "term_ends_on",
    "staff_count",
)  # fmt: skip
"""What a sheet can change of a union that is there."""


@dataclass(slots=True, eq=False)
class Line:
    """A row on its way: what it says, what it was found to be, what stands against it."""

    position: int
    row: int
    draft: UnionDraft
    reasons: list[Reason]
    is_conflict: bool = False
    existing: Union | None = None
    parent: "Union | Line | None" = None
    kind: str = ""
    code: str = ""
    depth: int = 0
    division_id: str | None = None
    employer_id: int | None = None
    changes: dict[str, Any] = field(default_factory=dict)

    def stop(self, code: str, column: str, fact: str = "") -> None:
        """Say why the row cannot stand."""
        self.reasons.append(Reason(code, column, fact))

    def contradict(self, code: str, column: str) -> None:
        """Say what in the register the row is at odds with."""
        self.is_conflict = self.is_conflict or not self.reasons
        self.stop(code, column)

    @property
    def verdict(self) -> RowVerdict:
        """How the row ends."""
        if self.reasons:
            return RowVerdict.CONFLICT if self.is_conflict else RowVerdict.REFUSED
        if self.existing is None:
            return RowVerdict.NEW
        return RowVerdict.UPDATED if self.changes else RowVerdict.UNCHANGED


class UnionSheet:
    """Judges all rows of a sheet of unions at and below one union, and writes them."""

    def __init__(self, *, target: Union, by: Actor, at: dt.datetime) -> None:
        self._by, self._at = by, at
        place = Place(target.pk, target.depth, target.path)
        known = list(Union.objects.filter(orgs.within([place])).select_related("employer"))
        self._by_code: dict[str, Union | Line] = {union.code.upper(): union for union in known}
        self._by_name: defaultdict[str, list[Union | Line]] = defaultdict(list)
        for union in known:
            if union.state != UnionState.DISSOLVED:
                self._by_name[union_name(union.name)].append(union)
        self._lines: list[Line] = []
        self._numbers: dict[str, int] = {}
        self._credit_codes_said: set[str] = set()

    def judge(self, block: Block, columns: dict[str, int]) -> Chunk:
        """Judge all rows; nothing is written."""
        rows = zip(block.numbers, block.cells, strict=True)
        for position, (row, cells) in enumerate(rows):
            draft, reasons = read_union(columns, cells)
            self._lines.append(Line(position, row, draft, reasons))
        self._find_twins()
        self._find_parents()
        self._find_existing()
        self._look_up()
        for line in self._downwards():
            self._place(line)
        verdicts = "".join(line.verdict for line in self._lines)
        return Chunk(0, verdicts, list(self._problems()))

    def write(self) -> None:
        """Write what was judged, in the caller's transaction, and tell the figures.

        The tree refuses what the same rules allowed a moment ago only when an act at a desk has
        come between: MeanwhileError then, and the sheet is judged anew.
        """
        try:
            self._write()
        except (Refused, NotFound) as fault:
            raise MeanwhileError from fault

    def _write(self) -> None:
        standing = [line for line in self._lines if not line.reasons]
        new = [line for line in standing if line.existing is None]
        self._enter_employers(standing)
        # Kinds first: a new union may need the new kind of the one above it.
        changed = sorted((line for line in standing if line.changes), key=lambda line: line.depth)
        tallies = [tally for line in changed for tally in self._edit(line)]
        made = unions.create_many([self._union_row(line) for line in new], at=self._at)
        for line, union in zip(new, made, strict=True):
            line.existing = union
        self._appoint(standing)
        tallies += [
            UnionTally(union.pk, orgs.spot_of(union).levels, 1)
            for union in made
            if union.kind in PRIMARY
        ]
        if tallies:
            events.publish(UnionsChanged(tallies=tuple(tallies), at=self._at))

    def _find_twins(self) -> None:
        """Rows that say the same union again: the first one counts."""
        by_code: dict[str, Line] = {}
        by_place: dict[tuple[str, str], Line] = {}
        for line in self._lines:
            place = (union_name(line.draft.parent), union_name(line.draft.name))
            twin = by_code.get(line.draft.code or "") or by_place.get(place)
            if twin is not None and not (
                line.draft.code and twin.draft.code not in (None, line.draft.code)
            ):
                line.stop(ImportReason.TWICE_IN_SHEET, "name", str(twin.row))
                continue
            by_place.setdefault(place, line)
            if line.draft.code:
                by_code[line.draft.code] = line

    def _find_parents(self) -> None:
        for line in self._lines:
            if line.draft.code:
                self._by_code.setdefault(line.draft.code, line)
            if not any(reason.code == ImportReason.TWICE_IN_SHEET for reason in line.reasons):
                known = self._by_name[union_name(line.draft.name)]
                if not any(self._is_same(line, other) for other in known):
                    known.append(line)
        for line in self._lines:
            if line.draft.parent:
                line.parent = self._parent_of(line)

    def _is_same(self, line: Line, other: "Union | Line") -> bool:
        """Whether a row is about a union that is there already, as far as the code tells."""
        if isinstance(other, Line):
            return False
        return not line.draft.code or line.draft.code == other.code.upper()

    def _parent_of(self, line: Line) -> "Union | Line | None":
        text = line.draft.parent
        by_code = self._by_code.get("".join(text.split()).upper())
        if by_code is not None:
            return by_code
        found = [each for each in self._by_name.get(union_name(text), ()) if each is not line]
        if len(found) == 1:
            return found[0]
        if found:
            codes = [_code_of(each) for each in found]
            line.stop(ImportReason.PARENT_AMBIGUOUS, "parent", "、".join(codes[:MOST_CODES]))
        else:
            line.stop(ImportReason.PARENT_UNKNOWN, "parent")
        return None

    def _find_existing(self) -> None:
        """The unions that rows are about: by code, else by name below the same parent."""
        elsewhere = self._codes_elsewhere()
        first: dict[int, Line] = {}
        for line in self._lines:
            code = line.draft.code
            if code in elsewhere:
                line.contradict(ImportReason.CODE_TAKEN, "code")
                continue
            found = self._by_code.get(code) if code else self._by_place(line)
            if not isinstance(found, Union):
                continue
            line.existing = found
            twin = first.setdefault(found.pk, line)
            if twin is not line and not line.reasons:
                line.stop(ImportReason.TWICE_IN_SHEET, "name", str(twin.row))
            parent = line.parent.existing if isinstance(line.parent, Line) else line.parent
            if parent is not None and parent.pk != found.parent_id:
                line.contradict(ImportReason.PARENT_DIFFERS, "parent")
        self._follow_new_kinds(first)

    def _follow_new_kinds(self, lines: Mapping[int, Line]) -> None:
        """Where the sheet gives a union another kind, judge what stands below it by that."""
        for line in self._lines:
            if isinstance(line.parent, Union) and (own := lines.get(line.parent.pk)) is not None:
                assert own.existing is not None
                if own.draft.kind not in (None, own.existing.kind):
                    line.parent = own

    def _by_place(self, line: Line) -> "Union | None":
        """The union of this name below the same parent; a parent's own row may be about one."""
        parent = line.parent.existing if isinstance(line.parent, Line) else line.parent
        if parent is None:
            return None
        for other in self._by_name.get(union_name(line.draft.name), ()):
            if isinstance(other, Union) and other.parent_id == parent.pk:
                return other
        return None

    def _codes_elsewhere(self) -> set[str]:
        asked = [line.draft.code for line in self._lines if line.draft.code]
        taken = Union.objects.filter(code__in=asked).values_list("code", flat=True)
        return {code for code in taken if not isinstance(self._by_code.get(code.upper()), Union)}

    def _look_up(self) -> None:
        """Divisions, employers and credit codes, each in one query for all rows."""
        divisions = self._divisions()
        codes = {line.draft.employer_code for line in self._lines} - {None}
        employers = dict(
            Employer.objects.filter(credit_code__in=codes).values_list("credit_code", "id")
        )
        credit_codes = self._credit_codes()
        for line in self._lines:
            draft = line.draft
            line.employer_id = employers.get(draft.employer_code)
            if draft.division:
                line.division_id = divisions.get(draft.division)
                if line.division_id is None:
                    line.stop(ImportReason.DIVISION_UNKNOWN, "division")
            holder = credit_codes.get(draft.credit_code or "")
            if holder is not None and (line.existing is None or holder != line.existing.pk):
                line.contradict(ImportReason.CREDIT_CODE_TAKEN, "credit_code")

    def _divisions(self) -> dict[str, str]:
        """Divisions by code, and by name where the name is one division's only."""
        asked = {line.draft.division for line in self._lines} - {None}
        found: dict[str, str] = {}
        by_name: defaultdict[str, list[str]] = defaultdict(list)
        for code, name in Division.objects.filter(name__in=asked).values_list("code", "name"):
            by_name[name].append(code)
        found.update({name: codes[0] for name, codes in by_name.items() if len(codes) == 1})
        codes = Division.objects.filter(code__in=asked).values_list("code", flat=True)
        return {**found, **{code: code for code in codes}}

    def _credit_codes(self) -> dict[str, int]:
        """Credit codes of the sheet that unions of the register hold, with who holds them."""
        asked = [line.draft.credit_code for line in self._lines if line.draft.credit_code]
        held = dict(Union.objects.filter(credit_code__in=asked).values_list("credit_code", "id"))
        return {code: key for code, key in held.items() if code}

    def _downwards(self) -> Iterator[Line]:
        """The rows, each after the row of its parent; those in a circle are refused."""
        done: set[int] = set()
        for line in self._lines:
            way: list[Line] = []
            at: Union | Line | None = line
            while isinstance(at, Line) and at.position not in done and at not in way:
                way.append(at)
                at = at.parent
            if isinstance(at, Line) and at in way:
                for each in way[way.index(at) :]:
                    each.stop(ImportReason.PARENT_IN_CIRCLE, "parent")
                    each.parent = None
            for each in reversed(way):
                done.add(each.position)
                yield each

    def _place(self, line: Line) -> None:
        """Judge a row below its parent, which has been judged before."""
        parent = line.parent
        if isinstance(parent, Line):
            if parent.reasons:
                line.stop(ImportReason.PARENT_REFUSED, "parent", str(parent.row))
            parent_kind, depth = parent.kind, parent.depth
        elif parent is not None:
            parent_kind, depth = parent.kind, parent.depth
        if parent is None or line.reasons:
            return
        kept = line.existing.kind if line.existing else ""
        line.kind = line.draft.kind or kept or kind_by_name(line.draft.name, parent_kind) or ""
        line.depth = depth + 1
        if not line.kind:
            line.stop(ImportReason.KIND_MISSING, "kind")
            return
        verdict = tree.may_stand_below(line.kind, parent_kind=parent_kind, parent_depth=depth)
        if not verdict and verdict.reason == "tree-too-deep":
            line.stop(ImportReason.TREE_TOO_DEEP, "parent", str(verdict.facts["deepest"]))
        elif not verdict:
            line.stop(ImportReason.KIND_NOT_BELOW, "kind")
        elif line.draft.credit_code in self._credit_codes_said:
            line.stop(ImportReason.CREDIT_CODE_TAKEN, "credit_code")
        else:
            self._let_stand(line, parent)

    def _let_stand(self, line: Line, parent: "Union | Line") -> None:
        """Nothing stands against the row: what it changes, or the code of the new union."""
        if line.existing is not None:
            changes = self._changes(line, line.existing)
            if "kind" in changes and (why := _why_not(line.existing, changes["kind"])):
                line.contradict(why, "kind")
                return
            line.changes = changes
        if line.draft.credit_code:
            self._credit_codes_said.add(line.draft.credit_code)
        if line.existing is None:
            line.code = line.draft.code or self._free_code(_code_of(parent))
            self._by_code[line.code] = line

    def _changes(self, line: Line, union: Union) -> dict[str, Any]:
        draft = line.draft
        said = {
            "name": draft.name,
            "kind": draft.kind,
            "credit_code": draft.credit_code,
            "division_id": line.division_id,
            "employer_id": line.employer_id,
            "founded_on": draft.founded_on,
            "term_ends_on": draft.term_ends_on,
            "staff_count": draft.staff_count,
        }
        return {
            name: value
            for name, value in said.items()
            if value is not None and value != getattr(union, name)
        }

    def _free_code(self, parent_code: str) -> str:
        """A code for a union that brings none: its parent's, and a running number."""
        stem = parent_code[: LONGEST_CODE - 4]
        number = self._numbers[stem] = self._numbers.get(stem, 0) + 1
        while f"{stem}-{number:03d}" in self._by_code:
            number = self._numbers[stem] = number + 1
        return f"{stem}-{number:03d}"

    def _union_row(self, line: Line) -> UnionRow:
        draft = line.draft
        parent = line.parent
        assert parent is not None
        return UnionRow(
            facts=UnionFacts(
                name=draft.name,
                code=line.code,
                kind=line.kind,
                division_id=line.division_id,
                employer_id=line.employer_id,
                credit_code=draft.credit_code,
                founded_on=draft.founded_on,
                term_ends_on=draft.term_ends_on,
                staff_count=draft.staff_count,
            ),
            parent_code=_code_of(parent),
        )

    def _enter_employers(self, lines: Iterable[Line]) -> None:
        """Employers that rows name with a code nobody has yet; without a code none is made up."""
        fresh: dict[str, Employer] = {}
        for line in lines:
            code = line.draft.employer_code
            if code and line.employer_id is None and code not in fresh:
                name = line.draft.employer or line.draft.name.removesuffix("委员会").removesuffix(
                    "工会"
                )
                fresh[code] = Employer(name=name, name_grams=name_grams(name), credit_code=code)
        Employer.objects.bulk_create(fresh.values(), batch_size=BATCH)
        for line in lines:
            made = fresh.get(line.draft.employer_code or "")
            if made is not None:
                line.employer_id = made.pk
                if line.existing is not None:
                    line.changes["employer_id"] = made.pk

    def _edit(self, line: Line) -> tuple[UnionTally, ...]:
        """Change a union as its row says; what the figures hear of it."""
        assert line.existing is not None
        edited = unions.edit(
            union_id=line.existing.pk,
            changes=line.changes,
            version=line.existing.version,
            by=self._by,
            at=self._at,
        )
        return kinds.tallies(edited, before=line.existing.kind)

    def _appoint(self, lines: Sequence[Line]) -> None:
        """Chairs that the sheet names, where the union has none; a change is an act of its own."""
        named = {
            line.existing.pk: line.draft.chair
            for line in lines
            if line.existing and line.draft.chair
        }
        chaired = Officer.objects.filter(union_id__in=named, post=Post.CHAIR, until=None)
        for union_id in chaired.values_list("union_id", flat=True):
            named.pop(union_id, None)
        Officer.objects.bulk_create(
            (
                Officer(union_id=union_id, name=name, post=Post.CHAIR)
                for union_id, name in named.items()
                if name
            ),
            batch_size=BATCH,
        )

    def _problems(self) -> Iterator[tuple[int, int, str, str, list[str]]]:
        for line in self._lines:
            if line.reasons:
                reasons = list(dict.fromkeys(map(str, line.reasons)))
                yield line.position, line.row, line.verdict, line.draft.name[:120], reasons


def _why_not(union: Union, kind: str) -> ImportReason | None:
    """Why a union cannot become of a kind; None when it can."""
    verdict = kinds.may_become(union, kind)
    if verdict:
        return None
    if verdict.reason == "union-has-members":
        return ImportReason.UNION_HAS_MEMBERS
    return ImportReason.KIND_NOT_ABOVE


def _code_of(node: "Union | Line") -> str:
    if isinstance(node, Union):
        return node.code
    if node.existing is not None:
        return node.existing.code
    return node.code or node.draft.code or f"#{node.row}"
