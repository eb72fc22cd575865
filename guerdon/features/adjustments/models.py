"""Adjustments that need a second person, and what one person has done alone, by member and local day."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Request(models.Model):
    """An adjustment that waited or waits for a second person; the fact itself is parked, and then in the journal."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()  # the activity's
    programme_id = IdField()
    seq = models.BigIntegerField()  # the journal's number when it was asked for
    state = models.TextField()
    asked_by = models.TextField()
    asked_at = InstantField()
    decided_by = models.TextField(null=True)
    decided_at = InstantField(null=True)

    class Meta:
        db_table = "adjustments_request"


class Alone(models.Model):
    """How many points of a unit one actor gave to and took from a member in a local day without being asked."""

    pk = models.CompositePrimaryKey("account_id", "day", "unit", "actor")
    account_id = IdField()
    day = models.TextField()
    unit = models.TextField()
    actor = models.TextField()
    points = models.BigIntegerField()

    class Meta:
        db_table = "adjustments_alone"
