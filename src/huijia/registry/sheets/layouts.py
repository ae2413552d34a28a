"""Empty sheets in the official layout, to be filled and given in."""

from typing import Final

from huijia.registry.rules.headings import OFFICIAL_LAYOUTS
from huijia.registry.sheets.writing import workbook_parts

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES: Final = {"members": "工会会员实名制采集表.xlsx", "unions": "工会组织采集表.xlsx"}
WIDE: Final = frozenset({"证件号码", "工会名称", "上级工会", "所属工会", "工作单位", "所在单位"})


def empty_sheet(kind: str) -> bytes:
    """A workbook with the headings only, its columns formatted as text."""
    labels = OFFICIAL_LAYOUTS[kind]
    widths = [30 if label in WIDE or "代码" in label else 14 for label in labels]
    return b"".join(workbook_parts([labels], widths=widths))


def name_of(kind: str) -> str:
    """What the file is called."""
    return NAMES[kind]
