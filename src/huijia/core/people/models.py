"""Persons, sealed identities, sealed histories and accounts."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Now


class Person(models.Model):
    """What may be read within reach: codes are those of the national tables (`choices`).

    `name_grams` holds the name's pairs of neighbouring characters (`rules`), for search by two
    characters from inside a name: trigrams cannot serve names of two or three characters.
    """

    name = models.CharField(max_length=50)
    name_grams = ArrayField(models.CharField(max_length=2), default=list)
    sex = models.CharField(max_length=1)
    birth_date = models.DateField(null=True)
    ethnicity = models.CharField(max_length=2, blank=True)
    education = models.CharField(max_length=2, blank=True)
    political_status = models.CharField(max_length=2, blank=True)
    household = models.CharField(max_length=12, blank=True)
    version = models.IntegerField(default=1)
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar = [
            models.Index(
                OpClass(models.F("name"), name="text_pattern_ops"),
                models.F("id"),
                name="person_by_name",
            ),
            GinIndex(
                fields=["name_grams"],
                name="person_by_name_grams",
                # Each search reads all that waits to be sorted in: 4 MB of it are 20 ms, 512 kB
                # less than one, for 3 µs a row entered.
                gin_pending_list_limit=512,
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"


class Identity(models.Model):
    """A person's paper number and phone, sealed; the table has row-level security.

    `scope` lists the union nodes within whose reach the person is (the path of the union of
    membership). With no reach set, or none in common, the row does not exist for the reader.
    """

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="identity")
    paper = models.CharField(max_length=12)
    number_sealed = models.BinaryField()
    number_index = models.UUIDField(unique=True)
    phone_sealed = models.BinaryField(null=True)
    phone_index = models.UUIDField(null=True)
    scope = ArrayField(models.IntegerField(), default=list)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["phone_index"],
                name="identity_by_phone",
                condition=models.Q(phone_index__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"identity of person {self.pk}"


class PersonHistory(models.Model):
    """One change of a person or a membership: names of fields in clear, values sealed.

    Before and after are one sealed JSON object `{field: [before, after]}`.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="history", db_index=False)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=150)
    verb = models.CharField(max_length=80)
    fields = ArrayField(models.CharField(max_length=40), default=list)
    values_sealed = models.BinaryField(null=True)
    batch_id = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-id"], name="history_by_person")]

    def __str__(self) -> str:
        return f"{self.verb} of person {self.person_id}"


class Account(AbstractBaseUser):
    """Somebody who signs in: an officer, later a worker. What they may do lies in grants."""

    username = models.CharField(max_length=60, unique=True)
    display_name = models.CharField(max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["display_name"]

    def __str__(self) -> str:
        return self.display_name
