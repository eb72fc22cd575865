"""Objectives: what is wanted, which never changes, and the end that somebody put to it."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Objective(models.Model):
    """An objective. Months are written as 2026-06; `of_what`, a JSON list, names the currency or unit of the KPI."""

    pk = models.CompositePrimaryKey("programme_id", "id")
    programme_id = IdField()
    id = IdField()
    name = models.TextField()
    kpi = models.TextField()
    of_what = models.TextField()
    store = models.TextField()  # empty: all of them
    tier = models.TextField()
    segment = models.TextField()
    baseline = models.TextField()
    base_first = models.TextField(null=True)
    base_last = models.TextField(null=True)
    measure = models.TextField()
    target = models.BigIntegerField()  # hundredths of a percent, or the KPI's unit
    direction = models.TextField()
    first = models.TextField()
    last = models.TextField()
    made_at = InstantField()
    made_by = models.TextField()
    ended_at = InstantField(null=True)
    ended_by = models.TextField(null=True)
    why = models.TextField(null=True)  # it was ended

    class Meta:
        db_table = "objectives_objective"
