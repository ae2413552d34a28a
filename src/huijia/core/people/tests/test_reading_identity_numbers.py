"""Identity numbers: what stands, what does not and why. All numbers are of sequence 000."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huijia.core.people.choices import PaperKind, Sex
from huijia.core.people.rules import Fault, IdentityNumber, check_character, read_identity_number

TODAY = date(2026, 11, 22)


def numbered(place="330203", born="19900101", sequence="000"):
    body = f"{place}{born}{sequence}"
    return body + check_character(body)


def read(text, kind=None):
    return read_identity_number(text, today=TODAY, kind=kind)


def number_with_x():
    return next(
        number for day in range(1, 29) if (number := numbered(born=f"199001{day:02}")).endswith("X")
    )


def test_the_check_character_of_the_standard_s_own_examples_is_found():
    # the two worked examples of GB 11643-1999, annex A
    assert check_character("11010519491231002") == "X"
    assert check_character("44052418800101001") == "4"


def test_a_resident_number_tells_birthday_and_sex():
    # place 330299 was never given to a county, so these numbers are nobody's either
    for sequence, sex in (("001", Sex.MALE), ("002", Sex.FEMALE)):
        number = numbered(place="330299", sequence=sequence)
        assert read(number) == IdentityNumber(
            PaperKind.RESIDENT, number, date(1990, 1, 1), sex, None
        )


def test_a_sequence_that_is_never_issued_tells_no_sex():
    assert read(numbered(sequence="000")) == IdentityNumber(
        PaperKind.RESIDENT, numbered(), date(1990, 1, 1), None, None
    )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda number: " " + number[:6] + " " + number[6:14] + "\u3000" + number[14:] + "\t",
        lambda number: number.lower(),
        lambda number: f"{number[:6]}-{number[6:14]}-{number[14:]}",
        lambda number: "".join(chr(ord(c) + 0xFEE0) for c in number),
        lambda number: "".join(chr(ord(c) + 0xFEE0) for c in number.lower()),
        lambda number: "'" + number,
        lambda number: "\u200b" + number + "\ufeff\xa0",
    ],
)
def test_what_sheets_do_to_numbers_is_undone(spoil):
    number = number_with_x()
    assert read(spoil(number)).number == number


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.NUMBER_MISSING),
        ("   ", Fault.NUMBER_MISSING),
        ("33020319900101000", Fault.NUMBER_LENGTH),
        (numbered() + "1", Fault.NUMBER_LENGTH),
        ("330203900101000", Fault.NUMBER_OLD),
        (330203900101000.0, Fault.NUMBER_OLD),
        ("3.30203E+17", Fault.NUMBER_LOST_DIGITS),
        ("3.30203199001E+17", Fault.NUMBER_LOST_DIGITS),
        ("３.３E＋１７", Fault.NUMBER_LOST_DIGITS),
        ("3E+17", Fault.NUMBER_LOST_DIGITS),
        (330203199001010007.0, Fault.NUMBER_LOST_DIGITS),
        (330203199001010000, Fault.NUMBER_LOST_DIGITS),
        ("330203199001011000", Fault.NUMBER_LOST_DIGITS),
        ("33020319900101000A", Fault.NUMBER_CHARACTERS),
        ("3302031990O1010007", Fault.NUMBER_CHARACTERS),
        (numbered()[:17] + "8", Fault.NUMBER_CHECK_DIGIT),
        (numbered(born="19900230"), Fault.NUMBER_BIRTH_DATE),
        (numbered(born="19901301"), Fault.NUMBER_BIRTH_DATE),
        (numbered(born="20261123"), Fault.NUMBER_BIRTH_DATE),
        (numbered(born="18991231"), Fault.NUMBER_BIRTH_DATE),
        (float("nan"), Fault.NUMBER_CHARACTERS),
        (-1.0, Fault.NUMBER_CHARACTERS),
        ("张三", Fault.NUMBER_LENGTH),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_its_reason(text, fault):
    assert read(text) is fault


def test_the_day_of_birth_may_be_today_and_the_first_of_1900():
    assert read(numbered(born="20261122")).birth_date == TODAY
    assert read(numbered(born="19000101")).birth_date == date(1900, 1, 1)


@pytest.mark.parametrize(
    ("place", "warning"),
    [
        ("330113", None),  # Linping, made in 2021, which old tables refuse
        ("330283", None),  # Fenghua, gone as a city since 2016, valid for those born there
        ("160203", Fault.NUMBER_PLACE),
        ("770203", Fault.NUMBER_PLACE),
    ],
)
def test_a_place_only_warns(place, warning):
    assert read(numbered(place=place)).warning is warning


@pytest.mark.parametrize("place", ["810000", "820000", "830000"])
def test_residence_permits_are_told_by_their_first_digits_even_if_named_identity_cards(place):
    assert read(numbered(place=place)).kind is PaperKind.HMT_RESIDENCE
    assert read(numbered(place=place), PaperKind.RESIDENT).kind is PaperKind.HMT_RESIDENCE


def test_a_permanent_residence_card_of_18_begins_with_9():
    found = read(numbered(place="933840", sequence="000"))
    assert (found.kind, found.birth_date) == (PaperKind.PERMANENT, date(1990, 1, 1))


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        (PaperKind.HK_MACAO, "h12345678", "H12345678"),
        (PaperKind.HK_MACAO, "M1234567801", "M1234567801"),
        (None, "Ｈ12345678", "H12345678"),
        (PaperKind.TAIWAN, "12345678", "12345678"),
        (PaperKind.TAIWAN, 12345678.0, "12345678"),
        (PaperKind.TAIWAN, "1234567801", "1234567801"),
        (PaperKind.TAIWAN, "1234567801b", "1234567801B"),
        (PaperKind.PERMANENT, "usa123456789012", "USA123456789012"),
        (None, "USA123456789012", "USA123456789012"),
        (PaperKind.PASSPORT, "e1234 5678", "E12345678"),
        (PaperKind.PASSPORT, "123456789", "123456789"),
    ],
)
def test_other_papers_have_their_own_forms(kind, text, kept):
    found = read(text, kind)
    assert (found.number, found.birth_date, found.sex) == (kept, None, None)


@pytest.mark.parametrize(
    ("kind", "text", "fault"),
    [
        (PaperKind.HK_MACAO, "T12345678", Fault.NUMBER_HK_MACAO),
        (PaperKind.HK_MACAO, "H123456789", Fault.NUMBER_HK_MACAO),
        (PaperKind.HK_MACAO, numbered(), Fault.NUMBER_OF_OTHER_PAPER),
        (PaperKind.TAIWAN, "1234567", Fault.NUMBER_TAIWAN),
        (PaperKind.PERMANENT, "US1234567890123", Fault.NUMBER_PERMANENT),
        (PaperKind.PASSPORT, "ABCDE", Fault.NUMBER_PASSPORT),
        (PaperKind.PASSPORT, "E123", Fault.NUMBER_PASSPORT),
        (PaperKind.PASSPORT, "E12345678901234567", Fault.NUMBER_PASSPORT),
        (PaperKind.PASSPORT, "E1234张678", Fault.NUMBER_PASSPORT),
        (None, "12345678", Fault.NUMBER_LENGTH),
    ],
)
def test_a_number_in_none_of_the_paper_s_forms_is_refused(kind, text, fault):
    assert read(text, kind) is fault


BIRTHDAYS = st.dates(date(1900, 1, 1), TODAY)
PLACES = st.sampled_from(["330203", "110101", "540102", "810000", "710000"])


@given(PLACES, BIRTHDAYS, st.integers(0, 999))
def test_every_well_made_number_is_read_back(place, born, sequence):
    number = numbered(place, f"{born:%Y%m%d}", f"{sequence:03}")
    found = read(number)
    assert (found.number, found.birth_date) == (number, born)
    assert found.sex is (None if sequence == 0 else Sex.MALE if sequence % 2 else Sex.FEMALE)


@given(PLACES, BIRTHDAYS, st.integers(0, 16), st.integers(1, 9))
def test_no_single_wrong_digit_passes(place, born, position, shift):
    number = numbered(place, f"{born:%Y%m%d}")
    digit = str((int(number[position]) + shift) % 10)
    assert isinstance(read(number[:position] + digit + number[position + 1 :]), Fault)


@given(PLACES, BIRTHDAYS, st.integers(0, 16))
def test_no_two_neighbours_exchanged_pass(place, born, position):
    number = numbered(place, f"{born:%Y%m%d}")
    left, right = number[position : position + 2]
    if left != right:
        exchanged = number[:position] + right + left + number[position + 2 :]
        assert isinstance(read(exchanged), Fault)


@given(st.one_of(st.text(max_size=25), st.floats(), st.integers()))
def test_nothing_that_a_cell_can_hold_stops_the_reader(cell):
    assert isinstance(read(cell), IdentityNumber | Fault)


@given(st.sampled_from(PaperKind), st.text(alphabet="HM0123456789XxABC -０９", max_size=20))
def test_a_number_that_stands_is_read_again_as_itself(kind, text):
    found = read(text, kind)
    if isinstance(found, IdentityNumber):
        assert read(found.number, found.kind) == found
