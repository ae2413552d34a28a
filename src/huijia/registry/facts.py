"""How the facts of unions and their changes are laid out: groups of (word, value) for pages.

The groups follow the real-name register's sheet (domain: unions, in the order of its form).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final

from django import forms
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huijia.core.orgs.public import Industry, UnionKind
from huijia.core.people.public import (
    Education,
    EmploymentStatus,
    EthnicGroup,
    HouseholdKind,
    NewEmployment,
    PersonChange,
    PoliticalStatus,
    Sex,
)
from huijia.core.web.filters import date, number
from huijia.registry import words
from huijia.registry.choices import ADMITTED, EconomicType, MembershipState, Post
from huijia.registry.queries.employers import EmployerSheet
from huijia.registry.queries.members import MemberSheet
from huijia.registry.queries.unions import ChangeRow, UnionRecord, UnionSheet

Rows = list[tuple[str, str]]
FIELDS: Final = {**words.UNION_FIELDS, **words.FILE_FIELDS}
CODED: Final[dict[str, type[TextChoices]]] = {"kind": UnionKind, "economic_type": EconomicType}
LAYOUT: Final = (
    ("name", "short_name", "code", "kind", "credit_code"),
    ("founded_on", "approved_by", "approval_number", "certificate_number", "certificate_until"),
    ("term_number", "term_started_on", "term_ends_on", "election_form"),
    (
        "economic_type",
        "staff_count",
        "migrant_members",
        "full_time_staff",
        "yearly_funds_yuan",
        "has_seal",
        "has_own_account",
    ),
    (
        "has_womens_committee",
        "has_audit_committee",
        "has_supervision_committee",
        "has_mediation_committee",
    ),
    (
        "collective_contract_signed_on",
        "collective_contract_until",
        "collective_contract_reviewed_on",
        "wage_agreement_until",
        "congress_number",
        "congress_term_ends_on",
        "congress_last_met_on",
        "publishes_affairs",
    ),
    ("model_home_level", "shows_plaque", "shows_chair"),
)


def titles() -> tuple[str, ...]:
    """The titles of the groups, in the order of the layout."""
    return (
        _("Union"),
        _("Founding and legal person"),
        _("Term"),
        _("Workers and means"),
        _("Committees"),
        _("Contracts and congress"),
        _("Honours and openness"),
    )


def key_facts(sheet: UnionSheet) -> Rows:
    """The few facts that the overview shows."""
    rows = [(str(FIELDS[field]), written(field, value)) for field, value in sheet.key_facts.items()]
    rows.append((_("Division"), sheet.division))
    return rows


def groups(record: UnionRecord) -> list[tuple[str, Rows]]:
    """All facts, group by group; a fact that is missing is an empty text."""
    values = {**record.tree, **record.file}
    made = [
        (title, [(str(FIELDS[field]), written(field, values.get(field))) for field in layout])
        for title, layout in zip(titles(), LAYOUT, strict=True)
    ]
    made[0][1].extend([(_("Division"), record.division), (_("Employer"), record.employer)])
    return made


def form_groups(form: forms.Form) -> list[tuple[str, list[forms.BoundField]]]:
    """The fields of a union's form in the same groups, without groups that it does not have."""
    made = [
        (title, [form[field] for field in layout if field in form.fields])
        for title, layout in zip(titles(), LAYOUT, strict=True)
    ]
    return [(title, fields) for title, fields in made if fields]


def written(field: str, value: Any) -> str:
    """A value as people write it; nothing for what is not recorded."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field in CODED:
        return labelled(CODED[field], value)
    if isinstance(value, dt.date):
        return date(value)
    if isinstance(value, int | Decimal):
        return number(value)  # type: ignore[arg-type]  # a Decimal is written alike
    return str(value)


def member_groups(sheet: MemberSheet) -> list[tuple[str, Rows]]:
    """The facts of a member and of the membership shown first."""
    held = sheet.current
    labels = words.MEMBER_FIELDS

    def rows(values: Mapping[str, str]) -> Rows:
        return [(str(labels[field]), value) for field, value in values.items()]

    return [
        (
            _("Person"),
            rows(
                {
                    "sex": labelled(Sex, sheet.sex),
                    "birth_date": written("birth_date", sheet.birth_date),
                    "ethnicity": labelled(EthnicGroup, sheet.ethnicity),
                    "education": labelled(Education, sheet.education),
                    "political_status": labelled(PoliticalStatus, sheet.political_status),
                    "household": labelled(HouseholdKind, sheet.household),
                }
            ),
        ),
        (
            _("Work and membership"),
            rows(
                {
                    "joined_on": written("joined_on", held.joined_on),
                    "group_id": held.group,
                    "workplace": held.workplace,
                    "employment": labelled(EmploymentStatus, held.employment),
                    "new_employment": labelled(NewEmployment, held.new_employment),
                    "card_number": held.card_number,
                }
            ),
        ),
    ]


def labelled(choices: type[TextChoices], code: str) -> str:
    """A code in words; nothing for what is not recorded, the code itself where it is unknown."""
    if not code:
        return ""
    return str(choices(code).label) if code in choices.values else code


def member_form_groups(form: forms.Form) -> list[tuple[str, list[forms.BoundField]]]:
    """The fields of a member's form in groups, first what must be entered."""
    layout = (
        (_("Identity"), ("name", "paper", "number", "phone", "forget_phone")),
        (_("Person"), ("sex", "birth_date", "ethnicity", "education", "political_status")),
        (_("Membership"), ("joined_on", "group_id", "card_number", "household")),
        (_("At work"), ("employer_id", "workplace", "employment", "new_employment")),
    )
    return [
        (title, [form[field] for field in fields if field in form.fields])
        for title, fields in layout
    ]


def employer_facts(sheet: EmployerSheet) -> Rows:
    """What is known of an employer."""
    return [
        (str(words.UNION_FIELDS["credit_code"]), sheet.credit_code or ""),
        (_("Nature"), sheet.kind),
        (_("Industry"), labelled(Industry, sheet.industry)),
        (_("Division"), sheet.division),
        (_("Address"), sheet.address),
        (str(words.UNION_FIELDS["staff_count"]), written("staff_count", sheet.staff_count)),
    ]


def change_item(change: ChangeRow) -> dict[str, Any]:
    """A change of a union as the timeline shows it."""
    lines = [line for field, pair in change.changes.items() if (line := _line(field, pair))]
    return {
        "at": change.at,
        "by": change.actor,
        "title": words.verb(change.verb),
        "text": "\n".join(lines),
        "kind": "good" if change.verb == "found" else "quiet",
    }


def _line(field: str, pair: Any) -> str:
    """`Workers: 120 → 135`, or the new value where there was none."""
    label = FIELDS.get(field) or words.OFFICER_FIELDS.get(field)
    if label is None:
        return ""
    before, after = pair if isinstance(pair, list) else (None, pair)
    old, new = _told(field, before), _told(field, after)
    nothing = _("not recorded")
    if not old:
        return _("%(field)s: %(value)s") % {"field": label, "value": new or nothing}
    return _("%(field)s: %(before)s → %(after)s") % {
        "field": label,
        "before": old,
        "after": new or nothing,
    }


def _told(field: str, value: Any) -> str:
    if field == "post" and value in Post.values:
        return str(Post(value).label)
    if field == "kind" and value not in UnionKind.values:
        return ""
    return written(field, value)


@dataclass(frozen=True, slots=True)
class MemberWords:
    """The words of a list of members, looked up once for all of its rows."""

    href: str
    sexes: Mapping[str, str]
    states: Mapping[str, str]
    chips: Mapping[str, str]
    groups: Mapping[str, str]
    labels: Mapping[str, str]


def member_words() -> MemberWords:
    """The words in the language active now."""
    return _member_words(get_language())


@cache
def _member_words(_language: str | None) -> MemberWords:
    return MemberWords(
        href=reverse("registry:members"),
        sexes={code: str(label) for code, label in Sex.choices} | {"": ""},
        states={code: str(label) for code, label in MembershipState.choices},
        chips=CHIPS,
        groups={code: str(label) for code, label in NewEmployment.choices},
        labels={field: str(label) for field, label in words.MEMBER_FIELDS.items()},
    )


def member_change_item(change: PersonChange) -> dict[str, Any]:
    """A change of a person as the timeline shows it: which fields, never which values."""
    fields = [
        str(words.MEMBER_FIELDS[field]) for field in change.fields if field in words.MEMBER_FIELDS
    ]
    return {
        "at": change.at,
        "by": change.actor,
        "title": words.verb(change.verb),
        "text": _("Fields: %(fields)s") % {"fields": _(", ").join(fields)} if fields else "",
        "kind": "good" if change.verb in ("enter", ADMITTED) else "quiet",
    }


CHIPS: Final[dict[str, str]] = {
    MembershipState.MEMBER: "good",
    MembershipState.RETAINED: "note",
    MembershipState.MOVED: "quiet",
    MembershipState.LEFT: "quiet",
    MembershipState.EXPELLED: "bad",
    MembershipState.DECEASED: "quiet",
    MembershipState.WITHDRAWN: "quiet",
}
"""How a state of membership is coloured; it always carries its word."""
