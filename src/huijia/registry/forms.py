"""Shapes of what is entered at the desk; messages stand beside their fields and keep the text."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from huijia.core.audit.public import may_be_kept
from huijia.core.kernel.errors import Refused
from huijia.core.orgs.public import (
    CreditCode,
    EmployerFacts,
    UnionKind,
    credit_code_sentence,
    read_credit_code,
)
from huijia.core.people.public import (
    Education,
    EmploymentStatus,
    EthnicGroup,
    Fault,
    HouseholdKind,
    IdentityNumber,
    NewEmployment,
    PaperKind,
    PersonFacts,
    PoliticalStatus,
    Sex,
    read_identity_number,
    read_name,
    read_phone,
)
from huijia.core.people.public import (
    sentence as sentence_of_fault,
)
from huijia.registry import words
from huijia.registry.actions.memberships import MembershipFacts
from huijia.registry.actions.officers import OfficerFacts
from huijia.registry.choices import EconomicType, ImportKind, MembershipState, Post

Read = TypeVar("Read")
Choices = Iterable[tuple[Any, Any]]

SEXES: Final = ((Sex.MALE, Sex.MALE.label), (Sex.FEMALE, Sex.FEMALE.label))
EDUCATION_LEVELS: Final = tuple(
    (level, level.label) for level in Education if level.value.endswith("0")
)
"""The groups of GB/T 4658; finer codes from sheets stay and are offered when they are set."""
FIELDS_OF_REASONS: Final = {
    "union-code-taken": "code",
    "credit-code-taken": "credit_code",
    "credit-code-not-of-union": "credit_code",
    "kind-not-below-parent": "kind",
    "group-name-taken": "name",
    "covered-by-another": "credit_code",
    "person-decided-above": "number",
    "already-member": "number",
    "ends-before-it-began": "until",
    "day-in-the-future": "joined_on",
    "day-before-joining": "on",
    "under_age": "birth_date",
}
"""Beside which field a refusal is shown; others stand at the top."""
WHEN_TYPED: Final = {
    Fault.NUMBER_LOST_DIGITS: _(
        "The number ends in zeros only. Please enter it digit by digit as on the identity paper."
    ),
}
"""Faults that a sheet and a form say in different words: nobody's spreadsheet spoilt these."""
_TOLD_BY_NUMBER: Final = _("Left empty, it is taken from the identity number.")


def day_field(label: Any, *, required: bool = False, **how: Any) -> forms.DateField:
    """A day, entered with the device's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, **how)


def text_field(label: Any, longest: int, *, required: bool = False, **how: Any) -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, max_length=longest, required=required, **how)


def number_field(label: Any, *, least: int, most: int) -> forms.IntegerField:
    """A whole number; a line of text with the digits' keyboard, so that a slip stays to be seen.

    Browsers empty a number field (`type=number`) that holds letters, and what was typed is lost.
    """
    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=most, widget=widget
    )


def choice_field(label: Any, choices: Choices, **how: Any) -> forms.ChoiceField:
    """One of a list; the empty first line means not recorded."""
    return forms.ChoiceField(
        label=label, choices=[("", _("not recorded")), *choices], required=False, **how
    )


def yes_no_field(label: Any) -> forms.TypedChoiceField:
    """Yes, no, or not recorded."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", _("not recorded")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
    )


class Refusable(forms.Form):
    """A form that shows what an action refused beside the field it concerns."""

    def take(self, fault: Refused) -> None:
        """Show a refusal; one of permission is no matter of the form and goes on.

        Who is told that somebody else was faster has seen it: the form goes on from there.
        """
        reason = fault.verdict.reason
        if reason == "not-permitted":
            raise fault
        if reason == "changed-meanwhile":
            self.data = {**dict(self.data.items()), "version": self.initial["version"]}
        field = FIELDS_OF_REASONS.get(reason) or _field_of_fault(reason)
        self.add_error(field if field in self.fields else None, words.sentence(fault.verdict))

    def judged(self, field: str, read: Callable[[str], Read | Fault]) -> Read | None:
        """The field's text read by a rule; its fault becomes the field's message."""
        found = read(self.cleaned_data.get(field) or "")
        if isinstance(found, Fault):
            self.add_error(field, WHEN_TYPED.get(found) or sentence_of_fault(found))
            return None
        return found


def _field_of_fault(reason: str) -> str | None:
    for start, field in (
        ("number", "number"),
        ("sex", "sex"),
        ("birth_date", "birth_date"),
        ("phone", "phone"),
        ("name", "name"),
    ):
        if reason.startswith(start):
            return field
    return None


class UnionForm(Refusable):
    """The facts of a union that the tree keeps."""

    name = text_field(words.UNION_FIELDS["name"], 120, required=True)
    short_name = text_field(words.UNION_FIELDS["short_name"], 60)
    code = text_field(words.UNION_FIELDS["code"], 24, required=True)
    kind = forms.ChoiceField(label=words.UNION_FIELDS["kind"])
    credit_code = text_field(words.UNION_FIELDS["credit_code"], 30)
    founded_on = day_field(words.UNION_FIELDS["founded_on"])
    term_started_on = day_field(words.UNION_FIELDS["term_started_on"])
    term_ends_on = day_field(words.UNION_FIELDS["term_ends_on"])
    staff_count = number_field(words.UNION_FIELDS["staff_count"], least=0, most=10_000_000)

    def __init__(self, *args: Any, kinds: Sequence[UnionKind], **how: Any) -> None:
        super().__init__(*args, **how)
        self.fields["kind"].choices = [(kind, kind.label) for kind in kinds]  # type: ignore[attr-defined]  # a choice field

    def clean_credit_code(self) -> str | None:
        """The code in its one shape, or why it cannot be one."""
        text = self.cleaned_data["credit_code"]
        if not text:
            return None
        found = read_credit_code(text)
        if isinstance(found, CreditCode):
            return found.code
        raise forms.ValidationError(credit_code_sentence(found))

    def clean(self) -> dict[str, Any]:
        """A term ends after it began."""
        found = super().clean() or {}
        begins, ends = found.get("term_started_on"), found.get("term_ends_on")
        if begins and ends and ends <= begins:
            self.add_error("term_ends_on", _("The term ends before it began."))
        return found


class UnionEditForm(UnionForm):
    """The facts of a union that the real-name register asks for, with those of its file."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    approved_by = text_field(words.FILE_FIELDS["approved_by"], 120)
    approval_number = text_field(words.FILE_FIELDS["approval_number"], 60)
    certificate_number = text_field(words.FILE_FIELDS["certificate_number"], 60)
    certificate_until = day_field(words.FILE_FIELDS["certificate_until"])
    election_form = text_field(words.FILE_FIELDS["election_form"], 20)
    term_number = number_field(words.FILE_FIELDS["term_number"], least=1, most=999)
    economic_type = choice_field(words.FILE_FIELDS["economic_type"], EconomicType.choices)
    migrant_members = number_field(words.FILE_FIELDS["migrant_members"], least=0, most=1_000_000)
    full_time_staff = number_field(words.FILE_FIELDS["full_time_staff"], least=0, most=100_000)
    has_womens_committee = yes_no_field(words.FILE_FIELDS["has_womens_committee"])
    has_audit_committee = yes_no_field(words.FILE_FIELDS["has_audit_committee"])
    has_supervision_committee = yes_no_field(words.FILE_FIELDS["has_supervision_committee"])
    has_mediation_committee = yes_no_field(words.FILE_FIELDS["has_mediation_committee"])
    has_seal = yes_no_field(words.FILE_FIELDS["has_seal"])
    has_own_account = yes_no_field(words.FILE_FIELDS["has_own_account"])
    yearly_funds_yuan = forms.DecimalField(
        label=words.FILE_FIELDS["yearly_funds_yuan"],
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    collective_contract_signed_on = day_field(words.FILE_FIELDS["collective_contract_signed_on"])
    collective_contract_until = day_field(words.FILE_FIELDS["collective_contract_until"])
    collective_contract_reviewed_on = day_field(
        words.FILE_FIELDS["collective_contract_reviewed_on"]
    )
    wage_agreement_until = day_field(words.FILE_FIELDS["wage_agreement_until"])
    congress_number = number_field(words.FILE_FIELDS["congress_number"], least=1, most=999)
    congress_term_ends_on = day_field(words.FILE_FIELDS["congress_term_ends_on"])
    congress_last_met_on = day_field(words.FILE_FIELDS["congress_last_met_on"])
    publishes_affairs = yes_no_field(words.FILE_FIELDS["publishes_affairs"])
    model_home_level = text_field(words.FILE_FIELDS["model_home_level"], 20)
    shows_plaque = yes_no_field(words.FILE_FIELDS["shows_plaque"])
    shows_chair = yes_no_field(words.FILE_FIELDS["shows_chair"])

    @property
    def tree_changes(self) -> dict[str, Any]:
        """What goes to the tree."""
        return {field: self.cleaned_data[field] for field in UnionForm.base_fields}

    @property
    def file_changes(self) -> dict[str, Any]:
        """What goes to the file."""
        return {field: self.cleaned_data[field] for field in words.FILE_FIELDS}


class OfficerForm(Refusable):
    """Who holds a post."""

    name = text_field(words.OFFICER_FIELDS["name"], 50, required=True)
    post = forms.ChoiceField(label=words.OFFICER_FIELDS["post"], choices=Post.choices)
    is_full_time = forms.BooleanField(label=words.OFFICER_FIELDS["is_full_time"], required=False)
    other_post = text_field(words.OFFICER_FIELDS["other_post"], 60)
    since = day_field(words.OFFICER_FIELDS["since"])
    until = day_field(
        words.OFFICER_FIELDS["until"], help_text=_("The last day; leave empty while in office.")
    )

    def clean_name(self) -> str:
        """The name in its one shape."""
        found = self.judged("name", read_name)
        return found.text if found else ""

    def facts(self) -> OfficerFacts:
        """What was entered."""
        return OfficerFacts(**self.cleaned_data)


class CoverageForm(Refusable):
    """An employer that the union covers from a day on."""

    credit_code = text_field(
        words.UNION_FIELDS["credit_code"],
        30,
        required=True,
        help_text=_("An employer that is known by this code is found again."),
    )
    name = text_field(_("Name of the employer"), 120, required=True)
    since = day_field(words.OFFICER_FIELDS["since"], required=True)

    def clean_credit_code(self) -> str:
        """The code in its one shape, or why it cannot be one."""
        found = read_credit_code(self.cleaned_data["credit_code"])
        if isinstance(found, CreditCode):
            return found.code
        raise forms.ValidationError(credit_code_sentence(found))

    def facts(self) -> EmployerFacts:
        """The employer that was entered."""
        return EmployerFacts(
            name=self.cleaned_data["name"].strip(), credit_code=self.cleaned_data["credit_code"]
        )


class CoverageEndForm(Refusable):
    """The first day on which the union no longer covers the employer."""

    until = day_field(_("No longer from"), required=True)


class GroupForm(Refusable):
    """A union group's name."""

    name = text_field(_("Name of the group"), 60, required=True)


class PersonForm(Refusable):
    """The facts of a person and of the membership, as far as both forms share them."""

    name = text_field(words.MEMBER_FIELDS["name"], 60, required=True)
    paper = forms.ChoiceField(
        label=words.MEMBER_FIELDS["paper"], choices=PaperKind.choices, initial=PaperKind.RESIDENT
    )
    number = text_field(words.MEMBER_FIELDS["number"], 40, required=True)
    phone = text_field(words.MEMBER_FIELDS["phone"], 30)
    sex = choice_field(words.MEMBER_FIELDS["sex"], SEXES, help_text=_TOLD_BY_NUMBER)
    birth_date = day_field(words.MEMBER_FIELDS["birth_date"], help_text=_TOLD_BY_NUMBER)
    ethnicity = choice_field(words.MEMBER_FIELDS["ethnicity"], EthnicGroup.choices)
    education = choice_field(words.MEMBER_FIELDS["education"], EDUCATION_LEVELS)
    political_status = choice_field(
        words.MEMBER_FIELDS["political_status"], PoliticalStatus.choices
    )
    household = choice_field(words.MEMBER_FIELDS["household"], HouseholdKind.choices)
    joined_on = day_field(words.MEMBER_FIELDS["joined_on"])
    group_id = forms.TypedChoiceField(
        label=words.MEMBER_FIELDS["group_id"], coerce=int, empty_value=None, required=False
    )
    employer_id = forms.TypedChoiceField(
        label=words.MEMBER_FIELDS["employer_id"], coerce=int, empty_value=None, required=False
    )
    workplace = text_field(
        words.MEMBER_FIELDS["workplace"], 120, help_text=_("Workshop, branch or site.")
    )
    card_number = text_field(words.MEMBER_FIELDS["card_number"], 32)
    employment = choice_field(words.MEMBER_FIELDS["employment"], EmploymentStatus.choices)
    new_employment = choice_field(words.MEMBER_FIELDS["new_employment"], NewEmployment.choices)

    def __init__(
        self,
        *args: Any,
        today: dt.date,
        groups: Choices,
        employers: Choices,
        **how: Any,
    ) -> None:
        super().__init__(*args, **how)
        self.today = today
        nothing = ("", _("not recorded"))
        self.fields["group_id"].choices = [nothing, *groups]  # type: ignore[attr-defined]  # a choice field
        self.fields["employer_id"].choices = [nothing, *employers]  # type: ignore[attr-defined]  # a choice field

    def clean_name(self) -> str:
        """The name in its one shape."""
        found = self.judged("name", read_name)
        return found.text if found else ""

    def clean_phone(self) -> str:
        """The phone in its one shape; it may be missing."""
        if not self.cleaned_data["phone"]:
            return ""
        found = self.judged("phone", read_phone)
        return found.number if found else ""

    def clean(self) -> dict[str, Any]:
        """The number by its kind of paper; it fills in the sex and birthday it carries."""
        found = super().clean() or {}
        if found.get("number"):
            number = self.judged("number", self._read_number)
            if number is not None:
                self._fill_in(number)
        self._require_what_no_number_tells()
        return self.cleaned_data

    def _read_number(self, text: str) -> IdentityNumber | Fault:
        kind = PaperKind(self.cleaned_data.get("paper") or PaperKind.RESIDENT)
        return read_identity_number(text, today=self.today, kind=kind)

    def _fill_in(self, number: IdentityNumber) -> None:
        self.cleaned_data["number"] = number.number
        self.cleaned_data["paper"] = number.kind
        if not self.cleaned_data.get("sex") and number.sex:
            self.cleaned_data["sex"] = number.sex
        if not self.cleaned_data.get("birth_date") and number.birth_date:
            self.cleaned_data["birth_date"] = number.birth_date

    def _require_what_no_number_tells(self) -> None:
        if not self.cleaned_data.get("sex") and not {"sex", "number"} & self.errors.keys():
            self.add_error("sex", _("Please choose: this number does not tell it."))

    def membership_values(self) -> dict[str, Any]:
        """What goes to the membership."""
        return {field: self.cleaned_data[field] for field in MembershipFacts.__dataclass_fields__}

    def person_values(self) -> dict[str, Any]:
        """What goes to the person; sealed values only where they were entered."""
        return {
            field: self.cleaned_data[field]
            for field in PersonFacts.__dataclass_fields__
            if field not in ("number", "phone", "paper") or self.cleaned_data.get(field)
        }


class AdmitForm(PersonForm):
    """A new member of a union."""


class MemberEditForm(PersonForm):
    """A member's facts; a number or phone left empty stays as it is."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    forget_phone = forms.BooleanField(label=_("Remove the mobile number"), required=False)

    def __init__(self, *args: Any, masks: tuple[str, str], **how: Any) -> None:
        super().__init__(*args, **how)
        number, phone = masks
        stays = _("Now %(mask)s. Leave empty to keep it.")
        self.fields["number"].required = False
        self.fields["number"].help_text = stays % {"mask": number} if number else ""
        self.fields["phone"].help_text = stays % {"mask": phone} if phone else ""
        self._offer_what_is_set()

    def _offer_what_is_set(self) -> None:
        """A finer education code, a group or an employer that the short lists do not hold."""
        for field, words_of in (("education", dict(Education.choices)),):
            value = self.initial.get(field)
            choices = list(self.fields[field].choices)  # type: ignore[attr-defined]  # a choice field
            if value and value not in dict(choices):
                choices.append((value, words_of.get(value, value)))
                self.fields[field].choices = choices  # type: ignore[attr-defined]  # a choice field

    def person_values(self) -> dict[str, Any]:
        """As in the common form; the kind of paper changes only with the number."""
        values = super().person_values()
        if not self.cleaned_data.get("number"):
            values.pop("paper", None)
        if self.cleaned_data.get("forget_phone"):
            values["phone"] = ""
        return values


class StateForm(Refusable):
    """A step in the life of a membership."""

    to = forms.ChoiceField(
        label=_("What happens"),
        widget=forms.RadioSelect,
        help_text=_(
            "A retained membership pays no dues and has no vote; it can be resumed. One that has "
            "ended stays in the history, and the person can be admitted anew."
        ),
    )
    on = day_field(_("From which day"), required=True)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        min_length=4,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept sealed in the member's history."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, states: Sequence[MembershipState], **how: Any) -> None:
        super().__init__(*args, **how)
        self.fields["to"].choices = [(state, words.CHANGES[state]) for state in states]  # type: ignore[attr-defined]  # a choice field


class RevealForm(forms.Form):
    """Why a sealed value must be seen."""

    reason = forms.CharField(
        min_length=4,
        max_length=200,
        error_messages=dict.fromkeys(("required", "min_length"), words.REFUSALS["reason-needed"]),
    )

    def clean_reason(self) -> str:
        """The reason, unless a number of a person stands in it."""
        reason: str = self.cleaned_data["reason"]
        if not (verdict := may_be_kept(reason)):
            raise forms.ValidationError(words.sentence(verdict))
        return reason


class ImportForm(forms.Form):
    """What the sheet holds, the sheet itself, and the union it is about."""

    kind = forms.ChoiceField(
        label=_("What the sheet holds"), choices=ImportKind.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=_("Sheet"),
        help_text=_(
            "An .xlsx, .xls or .csv file with a row of headings; the order of the columns does not "
            "matter. Nothing is changed before you have seen what is wrong and confirmed."
        ),
        error_messages={"required": _("Please choose a file.")},
    )
    union = forms.CharField(
        label=_("Code of the union"),
        max_length=24,
        help_text=_(
            "Members of rows that name no union join this one; rows may name unions below it."
        ),
    )

    def __init__(
        self,
        *args: Any,
        targets: Sequence[tuple[str, str]],
        is_too_large: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._is_too_large = is_too_large
        if targets:
            self.fields["union"].initial = targets[0][0]

    def clean(self) -> dict[str, Any] | None:
        """A file that was given up is told from one that was not chosen."""
        if self._is_too_large:
            self.errors.pop("file", None)
            self.add_error("file", _("The file is larger than 1 GB. Please divide it."))
        return super().clean()
