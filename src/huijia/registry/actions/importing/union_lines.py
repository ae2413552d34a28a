"""A row of a sheet of unions on its way: what it says, and what it was found to be."""

from dataclasses import dataclass, field
from typing import Any

from huijia.core.orgs.public import Union
from huijia.registry.choices import RowVerdict
from huijia.registry.rules.reasons import ImportReason, Reason
from huijia.registry.rules.unions import UnionDraft


@dataclass(slots=True, eq=False)
class Line:
    """A row, what stands against it, and what is only worth saying."""

    position: int
    row: int
    draft: UnionDraft
    reasons: list[Reason]
    notes: list[Reason] = field(default_factory=list)
    is_conflict: bool = False
    is_twin: bool = False
    existing: Union | None = None
    parent: "Union | Line | None" = None
    kind: str = ""
    code: str = ""
    depth: int = 0
    division_id: str | None = None
    employer_id: int | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    brings_employer: bool = False
    """Whether the row names an employer that is to be entered with it."""
    names_chair: bool = False
    """Whether the sheet names the chair of a union that has none."""

    def stop(self, code: str, column: str, fact: str = "") -> None:
        """Say why the row cannot stand."""
        self.reasons.append(Reason(code, column, fact))

    def repeat(self, twin: "Line") -> None:
        """Say that another row says the same union, and counts."""
        self.is_twin = True
        self.stop(ImportReason.UNION_TWICE_IN_SHEET, "union_name", str(twin.row))

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
        is_changed = bool(self.changes) or self.brings_employer or self.names_chair
        return RowVerdict.UPDATED if is_changed else RowVerdict.UNCHANGED


def node_of(line: "Union | Line | None") -> "Union | Line | None":
    """The union of the register that a row is about, or the row itself."""
    return line.existing or line if isinstance(line, Line) else line


def code_of(node: "Union | Line") -> str:
    """The code of a union or of a row; a row without one is named by its number."""
    if isinstance(node, Union):
        return node.code
    if node.existing is not None:
        return node.existing.code
    return node.code or node.draft.code or f"#{node.row}"
