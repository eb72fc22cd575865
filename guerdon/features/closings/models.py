"""Closed months and their figures; both are written once and never change."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Closing(models.Model):
    """A month that is closed as of the journal number `seq`; what counts before `until` and comes later is late."""

    pk = models.CompositePrimaryKey("programme_id", "month")
    programme_id = IdField()
    month = models.TextField()
    start = InstantField()
    until = InstantField()
    seq = models.BigIntegerField()
    closed_at = InstantField()
    closed_by = models.TextField()

    class Meta:
        db_table = "closings_closing"


class Figures(models.Model):
    """What a closed month did to every unit, as JSON: the same whenever it is counted, so it is counted once."""

    pk = models.CompositePrimaryKey("programme_id", "month")
    programme_id = IdField()
    month = models.TextField()
    counted_at = InstantField()
    sums = models.TextField()

    class Meta:
        db_table = "closings_figures"
