"""Transfers as each of the two members sees them, and the running totals of causes."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Transfer(models.Model):
    """One side of a transfer: the sender's row (`out`) and the receiver's (`in`) have one id and say the same.

    The id is that of the sender's entry in the journal. `state` and `settled_at` move, the rest never; an offer whose
    time is over stays `offered`: that it has lapsed is a matter of the instant asked.
    """

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    direction = models.TextField()
    other = IdField()
    unit = models.TextField()
    points = models.BigIntegerField()
    fee = models.BigIntegerField()
    state = models.TextField()
    seq = models.BigIntegerField()
    made_at = InstantField()
    until = InstantField(null=True)
    settled_at = InstantField(null=True)

    class Meta:
        db_table = "transfers_transfer"


class CauseTotal(models.Model):
    """What all members together have given to a cause in a unit; locked last of all, proved by the postings."""

    pk = models.CompositePrimaryKey("programme_id", "cause", "unit")
    programme_id = IdField()
    cause = models.TextField()
    unit = models.TextField()
    points = models.BigIntegerField()
    donations = models.BigIntegerField()

    class Meta:
        db_table = "transfers_cause"
