"""Judged rows as lines of PostgreSQL's COPY text format, with number and phone already sealed."""

from collections.abc import Callable
from datetime import date
from typing import Final

from huijia.core.people.public import sealed
from huijia.core.vault.public import vault
from huijia.registry.rules.members import MemberRow

COLUMNS: Final = (
    "position, row, key, number_sealed, phone_key, phone_sealed, paper, name, grams, sex,"
    " birth_date, ethnicity, education, political_status, household, employment, new_employment,"
    " workplace, employer_code, group_name, joined_on, card_number,"
    " union_id, level_1, level_2, level_3, level_4, level_5, union_employer_id,"
    " first_row, first_name"
)
NULL: Final = "\\N"


def number_keys() -> Callable[[str], str]:
    """A function that makes the blind index of an identity number."""
    return vault().hex_indexer(sealed.NUMBER)


def member_lines() -> Callable[[int, int, str, MemberRow], str]:
    """A function that makes the line of a row: position, row number, blind index, facts.

    The last two columns, of an earlier row with the same number, are left to the caller.
    """
    keys = vault()
    seal_number, seal_phone = keys.sealer(sealed.NUMBER), keys.sealer(sealed.PHONE)
    phone_key = keys.hex_indexer(sealed.PHONE)
    text, day, word = _text, _day, _word

    def line(position: int, number: int, key: str, row: MemberRow) -> str:
        phone = row.phone
        return "\t".join(
            (
                str(position),
                str(number),
                key,
                f"\\\\x{seal_number(row.number.encode()).hex()}",
                NULL if phone is None else phone_key(phone),
                NULL if phone is None else f"\\\\x{seal_phone(phone.encode()).hex()}",
                row.paper,
                row.name,
                f"{{{','.join(row.grams)}}}",
                row.sex,
                day(row.birth_date),
                word(row.ethnicity),
                word(row.education),
                word(row.political_status),
                word(row.household),
                word(row.employment),
                word(row.new_employment),
                text(row.workplace),
                word(row.employer_code),
                text(row.group),
                day(row.joined_on),
                text(row.card_number),
                row.union.place,
            )
        )

    return line


def _word(code: str | None) -> str:
    return NULL if code is None else code


def _day(day: date | None) -> str:
    return NULL if day is None else day.isoformat()


def _text(text: str | None) -> str:
    """A text on one line already: only the backslash has a meaning for COPY."""
    return NULL if text is None else text.replace("\\", "\\\\")
