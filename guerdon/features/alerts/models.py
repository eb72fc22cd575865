"""Alerts, and what patterns of fraud are looked for in: who gave points to whom, for as long as patterns look back."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Watermark(models.Model):
    """Up to which number of the journal acts are gathered (`seq`), and up to which patterns were looked for."""

    programme_id = IdField(primary_key=True)
    seq = models.BigIntegerField()
    looked = models.BigIntegerField()

    class Meta:
        db_table = "alerts_watermark"


class Act(models.Model):
    """Somebody gave points to a member by an entry of the journal, or came into a household or went with points.

    A row for each unit. It leaves when it is old.
    """

    pk = models.CompositePrimaryKey("account_id", "id", "unit")
    account_id = IdField()
    id = IdField()
    unit = models.TextField()
    programme_id = IdField()
    seq = models.BigIntegerField()
    way = models.TextField()
    giver = models.TextField()
    name = models.TextField()
    member_id = IdField()
    points = models.BigIntegerField()
    at = InstantField()
    day = models.BigIntegerField()

    class Meta:
        db_table = "alerts_act"


class Typed(models.Model):
    """How many wrong codes somebody typed within some minutes: a user at a till, or a key. The night forgets."""

    pk = models.CompositePrimaryKey("programme_id", "slot", "who")
    programme_id = IdField()
    slot = models.BigIntegerField()
    who = IdField()
    tries = models.BigIntegerField()
    first_at = InstantField()
    last_at = InstantField()

    class Meta:
        db_table = "alerts_typed"


class Alert(models.Model):
    """A pattern that was found, with its evidence; once it is settled, by whom and why. It stands at one account.

    That is a member's, or the programme itself where it is about no member.
    """

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    member_id = IdField(null=True)
    kind = models.TextField()
    subject = models.TextField()
    giver = models.TextField()
    name = models.TextField()
    members = models.TextField()
    staff = models.TextField()
    entries = models.TextField()
    times = models.BigIntegerField()
    points = models.TextField()
    first_at = InstantField()
    last_at = InstantField()
    last_seq = models.BigIntegerField()
    raised_at = InstantField()
    state = models.TextField()
    settled_at = InstantField(null=True)
    settled_by = models.TextField(null=True)
    reason = models.TextField(null=True)

    class Meta:
        db_table = "alerts_alert"
