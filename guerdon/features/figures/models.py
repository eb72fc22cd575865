"""Daily figures with the number of the journal up to which they are counted, and who was seen on which day."""

from django.db import models

from guerdon.kit.fields import IdField


class Watermark(models.Model):
    """Up to which number of the journal the figures are counted, and in which zone its days begin.

    Counts of different members are made up to the day `finished`; from `stale` on they are to be made again.
    """

    programme_id = IdField(primary_key=True)
    seq = models.BigIntegerField()
    zone = models.TextField()
    stale = models.BigIntegerField(null=True)
    finished = models.BigIntegerField(null=True)

    class Meta:
        db_table = "figures_watermark"


class Day(models.Model):
    """How much of a measure fell on a local day (its ordinal), in all or in a store; `late` of it came too late."""

    pk = models.CompositePrimaryKey("programme_id", "store", "day", "measure", "what")
    programme_id = IdField()
    store = models.TextField()
    day = models.BigIntegerField()
    measure = models.TextField()
    what = models.TextField()
    amount = models.BigIntegerField()
    late = models.BigIntegerField()

    class Meta:
        db_table = "figures_day"


class Standing(models.Model):
    """What is counted anew: how many members are there, joined, or were active in the days up to one."""

    pk = models.CompositePrimaryKey("programme_id", "store", "day", "measure", "what")
    programme_id = IdField()
    store = models.TextField()
    day = models.BigIntegerField()
    measure = models.TextField()
    what = models.TextField()
    amount = models.BigIntegerField()

    class Meta:
        db_table = "figures_standing"


class Seen(models.Model):
    """A member of whom something fell on a day, in all or in a store: how often it was active, bought, spent points."""

    pk = models.CompositePrimaryKey("account_id", "person_id", "day", "store")
    account_id = IdField()
    person_id = IdField()
    day = models.BigIntegerField()
    store = models.TextField()
    programme_id = IdField()
    active = models.BigIntegerField()
    bought = models.BigIntegerField()
    spent = models.BigIntegerField()

    class Meta:
        db_table = "figures_seen"
