"""The cost book: what was told, and what took it back; neither ever changes."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Entry(models.Model):
    """Money for the days from `first` up to, not including, `until`, both as their ordinals."""

    pk = models.CompositePrimaryKey("programme_id", "id")
    programme_id = IdField()
    id = IdField()
    kind = models.TextField()
    amount = models.BigIntegerField()  # minor units
    currency = models.TextField()
    first = models.BigIntegerField()
    until = models.BigIntegerField()
    rule = models.TextField()  # empty: the whole programme
    store = models.TextField()  # empty: all of them
    note = models.TextField()
    told_at = InstantField()
    told_by = models.TextField()

    class Meta:
        db_table = "costs_entry"


class Reversal(models.Model):
    """An entry that takes another one back, whole, for the same days; there is room for one of each."""

    pk = models.CompositePrimaryKey("programme_id", "entry_id")
    programme_id = IdField()
    entry_id = IdField()
    id = IdField()
    why = models.TextField()
    told_at = InstantField()
    told_by = models.TextField()

    class Meta:
        db_table = "costs_reversal"
