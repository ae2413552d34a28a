"""A sheet of unions: read whole, since rows may name each other, judged, and written at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from huijia.core.kernel.actor import Actor, Place
from huijia.core.orgs.public import Division, Employer, Union, UnionState, tree
from huijia.core.orgs.public import queries as orgs
from huijia.registry.actions import kinds
from huijia.registry.actions.importing.blocks import Block
from huijia.registry.actions.importing.members import Chunk
from huijia.registry.actions.importing.union_lines import Line, code_of, node_of
from huijia.registry.actions.importing.union_writing import write
from huijia.registry.choices import Post
from huijia.registry.models import Officer
from huijia.registry.rules.members import union_name
from huijia.registry.rules.reasons import ImportReason, Reason
from huijia.registry.rules.unions import kind_by_name, may_bear, read_union

MOST_CODES: Final = 3
LONGEST_CODE: Final = 24


class UnionSheet:
    """Judges all rows of a sheet of unions at and below one union, and writes them."""

    def __init__(self, *, target: Union, by: Actor, at: dt.datetime) -> None:
        self._by, self._at = by, at
        place = Place(target.pk, target.depth, target.path)
        within = Union.objects.filter(orgs.within([place]))
        known = list(within.select_related("employer", "parent"))
        self._target = next(union for union in known if union.pk == target.pk)
        self._by_code: dict[str, Union | Line] = {union.code.upper(): union for union in known}
        self._by_name: defaultdict[str, list[Union | Line]] = defaultdict(list)
        self._by_short_name: defaultdict[str, list[Union | Line]] = defaultdict(list)
        for union in known:
            if union.state != UnionState.DISSOLVED:
                self._by_name[union_name(union.name)].append(union)
                self._by_short_name[union_name(union.short_name)].append(union)
        self._lines: list[Line] = []
        self._numbers: dict[str, int] = {}
        self._codes_used: dict[str, frozenset[str]] = {}
        self._codes_said: set[str | None] = set()
        self._credit_codes_said: set[str] = set()

    def judge(self, block: Block, columns: dict[str, int]) -> Chunk:
        """Judge all rows; nothing is written."""
        rows = zip(block.numbers, block.cells, strict=True)
        for position, (row, cells) in enumerate(rows):
            draft, reasons = read_union(columns, cells)
            self._lines.append(Line(position, row, draft, reasons))
        self._find_top()
        self._find_twins()
        self._find_parents()
        self._find_existing()
        self._look_up()
        for line in self._downwards():
            self._place(line)
        self._find_chairs()
        verdicts = "".join(line.verdict for line in self._lines)
        return Chunk(0, verdicts, list(self._problems()))

    def write(self) -> None:
        """Write what was judged, in the caller's transaction; see `union_writing.write`."""
        write(self._lines, by=self._by, at=self._at)

    def _find_top(self) -> None:
        """The rows about the sheet's own union, whose superior lies outside what is judged.

        What the city's row says of its superior, or leaves out, is the province's affair.
        """
        target = self._target
        for line in self._lines:
            draft = line.draft
            if draft.code != target.code.upper() and (
                draft.code or union_name(draft.name) != union_name(target.name)
            ):
                continue
            line.existing = target
            if target.parent is None:
                missing = str(Reason(ImportReason.PARENT_MISSING, "parent"))
                line.reasons[:] = [each for each in line.reasons if str(each) != missing]
            elif draft.parent and not self._is_named(target.parent, draft.parent):
                line.contradict(ImportReason.PARENT_DIFFERS, "parent")

    @staticmethod
    def _is_named(union: Union, text: str) -> bool:
        """Whether a text is a union's code or one of its names."""
        names = {union_name(union.name), union_name(union.short_name)} - {""}
        return _as_code(text) == union.code.upper() or union_name(text) in names

    def _find_twins(self) -> None:
        """Rows that say the same union again: the first one counts."""
        by_code: dict[str, Line] = {}
        by_place: dict[tuple[str, str], Line] = {}
        self._codes_said = {line.draft.code for line in self._lines} - {None}
        codes = self._codes_by_name()
        for line in self._lines:
            place = (self._superior(line, codes), union_name(line.draft.name))
            twin = by_code.get(line.draft.code or "") or by_place.get(place)
            if twin is not None and not (
                line.draft.code and twin.draft.code not in (None, line.draft.code)
            ):
                line.repeat(twin)
                continue
            by_place.setdefault(place, line)
            if line.draft.code:
                by_code[line.draft.code] = line

    def _codes_by_name(self) -> Mapping[str, set[str]]:
        """Codes of unions and of rows, by name."""
        codes: defaultdict[str, set[str]] = defaultdict(set)
        for name, known in self._by_name.items():
            codes[name] = {code_of(each) for each in known}
        for line in self._lines:
            if line.draft.code:
                codes[union_name(line.draft.name)].add(line.draft.code)
        return codes

    def _superior(self, line: Line, codes: Mapping[str, set[str]]) -> str:
        """What a row's superior is called, by code where the sheet writes a name of one union."""
        if line.existing is self._target:
            return ""
        name, code = union_name(line.draft.parent), line.draft.parent_code
        known = codes.get(name, ())
        if code in self._by_code or code in self._codes_said:
            return code or ""
        is_name = len(known) == 1 and _as_code(name) not in self._by_code
        return next(iter(known)) if is_name else name

    def _find_parents(self) -> None:
        for line in self._lines:
            if line.draft.code:
                self._by_code.setdefault(line.draft.code, line)
            if not line.is_twin:
                known = self._by_name[union_name(line.draft.name)]
                if not any(self._is_same(line, other) for other in known):
                    known.append(line)
        for line in self._lines:
            if line.draft.parent and line.existing is None:
                line.parent = self._parent_of(line)

    def _is_same(self, line: Line, other: "Union | Line") -> bool:
        """Whether a row is about a union that is there already, as far as it tells by itself."""
        if isinstance(other, Line):
            return False
        if line.existing is not None or line.draft.code:
            return line.existing is other or line.draft.code == other.code.upper()
        return other.parent is not None and self._is_named(other.parent, line.draft.parent)

    def _parent_of(self, line: Line) -> "Union | Line | None":
        text = line.draft.parent
        for code in (line.draft.parent_code, _as_code(text)):
            if code and (by_code := self._by_code.get(code)) is not None:
                return by_code
        name = union_name(text)
        named = self._by_name.get(name) or self._by_short_name.get(name) or []
        found = [each for each in named if each is not line]
        if len(found) == 1:
            return found[0]
        if found:
            codes = [code_of(each) for each in found]
            line.stop(ImportReason.PARENT_AMBIGUOUS, "parent", "、".join(codes[:MOST_CODES]))
        else:
            line.stop(ImportReason.PARENT_UNKNOWN, "parent")
        return None

    def _find_existing(self) -> None:
        """The unions that rows are about: by code, else by name below the same parent.

        A row follows that of its parent, since it may be found only below what that one is about.
        """
        elsewhere = self._codes_elsewhere()
        first: dict[int, Line] = {}
        new: dict[tuple[Union | Line, str], Line] = {}
        for line in list(self._downwards()):
            code = line.draft.code
            if code in elsewhere:
                line.contradict(ImportReason.CODE_TAKEN, "code")
                continue
            if line.existing is None:
                found = self._by_code.get(code) if code else self._by_place(line)
                line.existing = found if isinstance(found, Union) else None
            if line.existing is None:
                self._find_new_twin(line, new)
                continue
            twin = line if line.is_twin else first.setdefault(line.existing.pk, line)
            if twin is not line and not line.reasons:
                line.repeat(twin)
            parent = node_of(line.parent)
            if parent is not None and parent != line.existing.parent:
                line.contradict(ImportReason.PARENT_DIFFERS, "parent")
        self._follow_new_kinds(first)

    def _find_new_twin(self, line: Line, new: "dict[tuple[Union | Line, str], Line]") -> None:
        """Whether a row without a code says a new union again that another row says."""
        parent = node_of(line.parent)
        if parent is None or line.reasons:
            return
        twin = new.setdefault((parent, union_name(line.draft.name)), line)
        if twin is not line and None in (line.draft.code, twin.draft.code):
            line.repeat(twin)

    def _follow_new_kinds(self, lines: Mapping[int, Line]) -> None:
        """Where the sheet gives a union another kind, judge what stands below it by that."""
        for line in self._lines:
            if isinstance(line.parent, Union) and (own := lines.get(line.parent.pk)) is not None:
                assert own.existing is not None
                if own.draft.kind not in (None, own.existing.kind):
                    line.parent = own

    def _by_place(self, line: Line) -> "Union | None":
        """The union of this name below the same parent; a parent's own row may be about one."""
        parent = node_of(line.parent)
        for other in self._by_name.get(union_name(line.draft.name), ()):
            if isinstance(other, Union) and parent is not None and other.parent == parent:
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
            line.brings_employer = bool(draft.employer_code) and line.employer_id is None
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
        if line.existing is self._target:
            self._judge_kind(line, self._target.parent)
            return
        if isinstance(parent, Line) and parent.reasons:
            line.stop(ImportReason.PARENT_REFUSED, "parent", str(parent.row))
        if isinstance(parent, Union) and parent.dissolved_on and line.existing is None:
            line.stop(ImportReason.PARENT_DISSOLVED, "parent")
        if parent is not None:
            self._judge_kind(line, parent)

    def _judge_kind(self, line: Line, parent: "Union | Line | None") -> None:
        if line.reasons:
            return
        parent_kind, depth = (parent.kind, parent.depth) if parent else (None, 0)
        kept = line.existing.kind if line.existing else ""
        line.kind = (
            line.draft.kind or kept or kind_by_name(line.draft.name, parent_kind or "") or ""
        )
        line.depth = depth + 1
        if not line.kind:
            line.stop(ImportReason.KIND_MISSING, "kind")
            return
        verdict = tree.may_stand_below(line.kind, parent_kind=parent_kind, parent_depth=depth)
        if not verdict and verdict.reason == "tree-too-deep":
            line.stop(ImportReason.TREE_TOO_DEEP, "parent", str(verdict.facts["deepest"]))
        elif not verdict:
            line.stop(ImportReason.KIND_NOT_BELOW, "kind")
        elif not may_bear(line.draft.credit_code, kind=line.kind):
            line.stop(ImportReason.CREDIT_CODE_NOT_OF_UNION, "credit_code")
        elif line.draft.credit_code in self._credit_codes_said:
            line.stop(ImportReason.CREDIT_CODE_TAKEN, "credit_code")
        else:
            self._let_stand(line, parent)

    def _let_stand(self, line: Line, parent: "Union | Line | None") -> None:
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
            assert parent is not None
            line.code = line.draft.code or self._free_code(code_of(parent))
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
        used = self._used_below(stem)
        number = self._numbers[stem] = self._numbers.get(stem, 0) + 1
        while (code := f"{stem}-{number:03d}") in self._by_code or code in used:
            number = self._numbers[stem] = number + 1
        return code

    def _used_below(self, stem: str) -> frozenset[str]:
        """Codes of this stem in the whole register: a union with one may stand out of reach."""
        if stem not in self._codes_used:
            codes = Union.objects.filter(code__startswith=f"{stem}-").values_list("code", flat=True)
            self._codes_used[stem] = frozenset(codes)
        return self._codes_used[stem]

    def _find_chairs(self) -> None:
        """Chairs that rows name: entered where there is none, left alone where there is another."""
        naming = [line for line in self._lines if line.draft.chair and not line.reasons]
        asked = [line.existing for line in naming if line.existing]
        chaired = dict(
            Officer.objects.filter(union__in=asked, post=Post.CHAIR, until=None).values_list(
                "union_id", "name"
            )
        )
        for line in naming:
            holder = chaired.get(line.existing.pk) if line.existing else None
            line.names_chair = holder is None
            if holder not in (None, line.draft.chair):
                line.notes.append(Reason(ImportReason.CHAIR_DIFFERS, "chair"))

    def _problems(self) -> Iterator[tuple[int, int, str, str, list[str]]]:
        for line in self._lines:
            if line.reasons or line.notes:
                reasons = list(dict.fromkeys(map(str, line.reasons or line.notes)))
                yield line.position, line.row, line.verdict, line.draft.name[:120], reasons


def _why_not(union: Union, kind: str) -> ImportReason | None:
    """Why a union cannot become of a kind; None when it can."""
    verdict = kinds.may_become(union, kind)
    if verdict:
        return None
    if verdict.reason == "union-has-members":
        return ImportReason.UNION_HAS_MEMBERS
    return ImportReason.KIND_NOT_ABOVE


def _as_code(text: str) -> str:
    return "".join(text.split()).upper()
