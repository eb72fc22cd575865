"""Reminders, each told once and never changed; the months in which points end, as the last night saw them."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Reminder(models.Model):
    """A member was told, `days` before the end, how many points of the unit end at `ends_at`."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    unit = models.TextField()
    ends_at = InstantField()
    days = models.BigIntegerField()
    points = models.BigIntegerField()
    worth_amount = models.BigIntegerField(null=True)
    told_at = InstantField()

    class Meta:
        db_table = "expirations_reminder"


class Look(models.Model):
    """As of when a night has looked ahead for all members of a programme, and from when on days are looked at at all.

    The months are of the same instant; it is null until a first night has been everywhere.
    """

    programme_id = IdField(primary_key=True)
    since = InstantField()
    as_of = InstantField(null=True)

    class Meta:
        db_table = "expirations_look"


class Month(models.Model):
    """How many points of a unit have their last day in the month, over all members."""

    pk = models.CompositePrimaryKey("programme_id", "unit", "month")
    programme_id = IdField()
    unit = models.TextField()
    month = models.TextField()
    points = models.BigIntegerField()

    class Meta:
        db_table = "expirations_month"
