"""Memberships, groups, officers, the facts of a union that statistics ask for, and imports."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from huijia.registry.choices import (
    IN_FORCE,
    EconomicType,
    ImportKind,
    ImportState,
    MembershipState,
    Post,
    RowVerdict,
)

LEVELS = ("level_1", "level_2", "level_3", "level_4", "level_5")


class Group(models.Model):
    """A union group (工会小组) inside a primary union."""

    union = models.ForeignKey("orgs.Union", models.PROTECT, related_name="groups")
    name = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["union", "name"], name="group_name_once_a_union")
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's belonging to a union from one day to another, in one state.

    `level_1` … `level_5` copy the union's, so that "members below this node" is one range of one
    index. At most one membership of a person is in force. `version` rises with every change and
    `batch_id` names the import that entered it; what later ones change, the history tells.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="memberships")
    union = models.ForeignKey(
        "orgs.Union", models.PROTECT, related_name="memberships", db_index=False
    )
    level_1 = models.IntegerField(null=True)
    level_2 = models.IntegerField(null=True)
    level_3 = models.IntegerField(null=True)
    level_4 = models.IntegerField(null=True)
    level_5 = models.IntegerField(null=True)
    state = models.CharField(max_length=10, choices=MembershipState, default=MembershipState.MEMBER)
    joined_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    employer = models.ForeignKey("orgs.Employer", models.PROTECT, null=True, db_index=False)
    workplace = models.CharField(max_length=120, blank=True)
    group = models.ForeignKey(Group, models.PROTECT, null=True, db_index=False)
    card_number = models.CharField(max_length=32, blank=True)
    employment = models.CharField(max_length=12, blank=True)
    new_employment = models.CharField(max_length=12, blank=True)
    version = models.IntegerField(default=1)
    batch_id = models.BigIntegerField(null=True)
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar = [
            *(
                models.Index(
                    fields=[f"level_{depth}", "id"],
                    name=f"membership_by_level_{depth}",
                    condition=Q(**{f"level_{depth}__isnull": False}),
                )
                for depth in (2, 3, 4, 5)
            ),
            # For lists narrowed to what is rare: a range of days, a state that has ended.
            models.Index(fields=["joined_on"], name="membership_by_joining"),
            models.Index(
                fields=["state", "id"],
                name="membership_by_ended_state",
                condition=~Q(state__in=IN_FORCE),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=IN_FORCE),
                name="membership_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(state__in=IN_FORCE, ended_on__isnull=True)
                | (~Q(state__in=IN_FORCE) & Q(ended_on__isnull=False)),
                name="membership_ends_with_its_state",
            ),
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"


class Officer(models.Model):
    """Somebody who holds a post in a union's committee, from one day to another."""

    union = models.ForeignKey("orgs.Union", models.PROTECT, related_name="officers")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True)
    name = models.CharField(max_length=50)
    post = models.CharField(max_length=12, choices=Post)
    is_full_time = models.BooleanField(default=False)
    other_post = models.CharField(max_length=60, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.get_post_display()} {self.name}"


class UnionFile(models.Model):
    """The facts of a union that the real-name register asks for beyond the tree's own."""

    union = models.OneToOneField(
        "orgs.Union", models.PROTECT, primary_key=True, related_name="file"
    )
    economic_type = models.CharField(max_length=3, choices=EconomicType, blank=True, db_default="")
    approved_by = models.CharField(max_length=120, blank=True)
    approval_number = models.CharField(max_length=60, blank=True)
    certificate_number = models.CharField(max_length=60, blank=True)
    certificate_until = models.DateField(null=True)
    election_form = models.CharField(max_length=20, blank=True)
    term_number = models.SmallIntegerField(null=True)
    full_time_staff = models.IntegerField(null=True)
    migrant_members = models.IntegerField(null=True)
    has_womens_committee = models.BooleanField(null=True)
    has_audit_committee = models.BooleanField(null=True)
    has_supervision_committee = models.BooleanField(null=True)
    has_mediation_committee = models.BooleanField(null=True)
    has_seal = models.BooleanField(null=True)
    has_own_account = models.BooleanField(null=True)
    yearly_funds_yuan = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    collective_contract_signed_on = models.DateField(null=True)
    collective_contract_until = models.DateField(null=True)
    collective_contract_reviewed_on = models.DateField(null=True)
    wage_agreement_until = models.DateField(null=True)
    congress_number = models.SmallIntegerField(null=True)
    congress_term_ends_on = models.DateField(null=True)
    congress_last_met_on = models.DateField(null=True)
    publishes_affairs = models.BooleanField(null=True)
    model_home_level = models.CharField(max_length=20, blank=True)
    shows_plaque = models.BooleanField(null=True)
    shows_chair = models.BooleanField(null=True)
    updated_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"file of union {self.pk}"


class Import(models.Model):
    """One sheet on its way into the register, from the sealed upload to the report.

    `rows_done` is the pointer: every row before it is judged (and, when merging, written), with
    its verdict, in the same commit. `judged_on` is the day all rows are judged by, so that a pass
    that is resumed judges as it began. The counts are those of the present pass; those of the dry
    run are kept in `dry_run`. `attempts` counts the walks since the pointer moved last.
    """

    kind = models.CharField(max_length=10, choices=ImportKind)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    union = models.ForeignKey("orgs.Union", models.PROTECT, related_name="+")
    account_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=150)
    upload = models.ForeignKey("files.Blob", models.SET_NULL, null=True, related_name="+")
    report = models.ForeignKey("files.Blob", models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField(max_length=120)
    file_format = models.CharField(max_length=4)
    encoding = models.CharField(max_length=12, blank=True)
    created_at = models.DateTimeField()
    judged_on = models.DateField()
    started_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    touched_at = models.DateTimeField()
    headings = models.JSONField(default=dict)
    rows_known = models.IntegerField(null=True)
    rows_done = models.IntegerField(default=0)
    new = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    updated = models.IntegerField(default=0)
    conflict = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    duplicates = models.IntegerField(default=0)
    dry_run = models.JSONField(null=True)
    fault = models.CharField(max_length=60, blank=True)
    fault_facts = models.JSONField(default=dict)
    attempts = models.SmallIntegerField(default=0, db_default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["state"],
                name="import_under_way",
                condition=Q(state__in=(ImportState.JUDGING, ImportState.MERGING)),
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    rows_done=F("new")
                    + F("unchanged")
                    + F("updated")
                    + F("conflict")
                    + F("refused")
                ),
                name="import_counts_every_row_once",
            )
        ]

    def __str__(self) -> str:
        return f"import {self.pk} of {self.kind}"


class ImportChunk(models.Model):
    """The verdicts of some rows in a row, one letter each (`RowVerdict`), committed with them."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="chunks", db_index=False)
    is_dry_run = models.BooleanField()
    first = models.IntegerField()
    verdicts = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["of", "is_dry_run", "first"], name="import_chunk_once_a_pass"
            )
        ]

    def __str__(self) -> str:
        return f"rows from {self.first} of import {self.of_id}"


class ImportProblem(models.Model):
    """A row that needs a look: where it stands, how it ended and why; no number, no phone.

    `position` counts the rows that hold something, from 0; `row` is the number that the
    spreadsheet shows. `reasons` are codes with column and fact (`rules.reasons`). The name is kept
    only when it reads as a name.
    """

    of = models.ForeignKey(Import, models.CASCADE, related_name="problems", db_index=False)
    is_dry_run = models.BooleanField()
    position = models.IntegerField()
    row = models.IntegerField()
    verdict = models.CharField(max_length=1, choices=RowVerdict)
    name = models.CharField(max_length=120, blank=True)
    reasons = ArrayField(models.CharField(max_length=80))

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["of", "is_dry_run", "verdict", "position"], name="problem_by_verdict"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["of", "is_dry_run", "position"], name="problem_once_a_row"
            )
        ]

    def __str__(self) -> str:
        return f"row {self.row} of import {self.of_id}"
