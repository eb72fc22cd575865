"""Seals over the journal, and the hash of every entry they cover; both are only ever added to."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Seal(models.Model):
    """One seal: the entries of a programme from `from_seq` to `until_seq`, chained to the seal before it."""

    pk = models.CompositePrimaryKey("programme_id", "number")
    programme_id = IdField()
    number = models.BigIntegerField()
    from_seq = models.BigIntegerField()
    until_seq = models.BigIntegerField()
    entries = models.BigIntegerField()
    root = models.TextField()
    previous = models.TextField()
    head = models.TextField()
    sealed_at = InstantField()

    class Meta:
        db_table = "seals_seal"


class Leaf(models.Model):
    """The hash of one sealed entry: a receipt reads these instead of the entries, and `verify` names the very row."""

    pk = models.CompositePrimaryKey("programme_id", "seq")
    programme_id = IdField()
    seq = models.BigIntegerField()
    seal = models.BigIntegerField()
    account_id = IdField()
    activity_id = IdField()
    hash = models.TextField()

    class Meta:
        db_table = "seals_leaf"
