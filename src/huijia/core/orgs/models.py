"""The two trees, employers and coverage."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now

from huijia.core.orgs.choices import EmployerKind, UnionKind, UnionState
from huijia.core.orgs.fields import LtreeField


class Division(models.Model):
    """An administrative division by its statistical code (2, 4, 6, 9 or 12 digits), dated."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    predecessors = ArrayField(models.CharField(max_length=12), default=list)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Employer(models.Model):
    """An employer in its own right: what it is does not depend on any union."""

    name = models.CharField(max_length=120)
    name_grams = ArrayField(models.CharField(max_length=2), default=list)
    credit_code = models.CharField(max_length=18, null=True, unique=True)  # noqa: DJ001 - unknown differs from empty
    kind = models.CharField(max_length=12, choices=EmployerKind, blank=True)
    industry = models.CharField(max_length=1, blank=True)
    division = models.ForeignKey(Division, models.PROTECT, null=True)
    address = models.CharField(max_length=200, blank=True)
    staff_count = models.IntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                OpClass(F("name"), name="text_pattern_ops"), F("id"), name="employer_by_name"
            ),
            GinIndex(
                fields=["name_grams"], name="employer_by_name_grams", gin_pending_list_limit=512
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Union(models.Model):
    """A node of the union tree, from the city federation down to a primary union.

    `path` and `level_1` … `level_5` say the same thing for two uses: the path for ancestors and
    rare tree questions, the levels (the ancestor-or-self at each depth) for one indexed predicate
    on the tables of facts, which carry copies. Ids are written with the row by `actions.unions`.
    """

    id = models.AutoField(primary_key=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = LtreeField()
    depth = models.SmallIntegerField()
    level_1 = models.IntegerField(null=True)
    level_2 = models.IntegerField(null=True)
    level_3 = models.IntegerField(null=True)
    level_4 = models.IntegerField(null=True)
    level_5 = models.IntegerField(null=True)
    name = models.CharField(max_length=120)
    name_grams = ArrayField(models.CharField(max_length=2), default=list)
    short_name = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=10, choices=UnionKind)
    state = models.CharField(max_length=10, choices=UnionState, default=UnionState.ACTIVE)
    division = models.ForeignKey(Division, models.PROTECT, null=True)
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="unions")
    credit_code = models.CharField(max_length=18, null=True, unique=True)  # noqa: DJ001
    founded_on = models.DateField(null=True)
    term_started_on = models.DateField(null=True)
    term_ends_on = models.DateField(null=True)
    staff_count = models.IntegerField(null=True)
    dissolved_on = models.DateField(null=True)
    version = models.IntegerField(default=1)
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar = [
            GistIndex(fields=["path"], name="union_by_path"),
            models.Index(fields=["parent", "code"], name="union_by_parent"),
            models.Index(
                OpClass(F("name"), name="text_pattern_ops"), F("id"), name="union_by_name"
            ),
            GinIndex(fields=["name_grams"], name="union_by_name_grams", gin_pending_list_limit=512),
            *(
                models.Index(fields=[f"level_{depth}", "id"], name=f"union_by_level_{depth}")
                for depth in (2, 3, 4)
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(depth__gte=1, depth__lte=5), name="union_depth_is_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(depth=1, parent__isnull=True) | Q(depth__gt=1, parent__isnull=False),
                name="union_only_the_city_has_no_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnionHistory(models.Model):
    """One change of a union: which fields, from what to what, by whom."""

    union = models.ForeignKey(Union, models.PROTECT, related_name="history")
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=150)
    verb = models.CharField(max_length=80)
    changes = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["union", "-id"], name="history_by_union")]

    def __str__(self) -> str:
        return f"{self.verb} of union {self.union_id}"


class Coverage(models.Model):
    """Which union covers an employer, from when to when; one union at a time.

    A joint or area union covers many employers; an employer is covered by one union a day.
    """

    union = models.ForeignKey(Union, models.PROTECT, related_name="coverage")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="coverage")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="coverage_ends_after_it_began",
            ),
            ExclusionConstraint(
                name="coverage_one_union_a_day",
                expressions=[
                    ("employer", RangeOperators.EQUAL),
                    (
                        Func(
                            "since",
                            "until",
                            Value("[)"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"union {self.union_id} covers employer {self.employer_id}"
