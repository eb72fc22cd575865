"""The basis of ladders by local day, their steps and grants, never changed, and what is due next."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class BasisDay(models.Model):
    """How much of a measure the facts of a local day (its ordinal; 719163 is 1970-01-01, and what counts for ever)."""

    pk = models.CompositePrimaryKey("account_id", "measure", "day")
    account_id = IdField()
    measure = models.TextField()
    day = models.BigIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        db_table = "tiers_basis"


class Step(models.Model):
    """From `since` on the account has the level, until its next step on the ladder; by which fact and version.

    An interval has no end of its own, so no two can overlap, and none can leave a gap.
    """

    pk = models.CompositePrimaryKey("account_id", "ladder", "number")
    account_id = IdField()
    ladder = models.TextField()
    number = models.BigIntegerField()
    programme_id = IdField()
    level = models.TextField(null=True)
    since = InstantField()
    cause = models.TextField()
    counts_from = models.BigIntegerField(null=True)
    counts_until = models.BigIntegerField(null=True)
    review_at = InstantField(null=True)
    grace_until = InstantField(null=True)
    seq = models.BigIntegerField()
    version = models.BigIntegerField()

    class Meta:
        db_table = "tiers_step"


class Rank(models.Model):
    """The last step of an account on a ladder, and when it is looked at next: what the night asks."""

    pk = models.CompositePrimaryKey("account_id", "ladder")
    account_id = IdField()
    ladder = models.TextField()
    programme_id = IdField()
    number = models.BigIntegerField()
    counts_from = models.BigIntegerField(null=True)
    due_at = InstantField(null=True)

    class Meta:
        db_table = "tiers_rank"


class Grant(models.Model):
    """A level given by hand: by whom, why, how, and until when; only its early end is written later."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    ladder = models.TextField()
    level = models.TextField()
    kind = models.TextField()
    since = InstantField()
    until = InstantField()
    reason = models.TextField()
    actor = models.TextField()
    ended_at = InstantField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        db_table = "tiers_grant"
