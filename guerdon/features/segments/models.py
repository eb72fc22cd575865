"""Saved segments with all their versions, and how many members were in when somebody last counted."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Segment(models.Model):
    """A segment that is there; `version` is the one that counts."""

    pk = models.CompositePrimaryKey("programme_id", "key")
    programme_id = IdField()
    key = models.TextField()
    version = models.BigIntegerField()

    class Meta:
        db_table = "segments_segment"


class Version(models.Model):
    """What a segment said: who said so, when and why; without a condition it was taken away."""

    pk = models.CompositePrimaryKey("programme_id", "key", "version")
    programme_id = IdField()
    key = models.TextField()
    version = models.BigIntegerField()
    name = models.TextField()
    condition = models.TextField(null=True)
    actor = models.TextField()
    why = models.TextField()
    at = InstantField()

    class Meta:
        db_table = "segments_version"


class Count(models.Model):
    """How many members were in, by which version and when; counted anew it is replaced."""

    pk = models.CompositePrimaryKey("programme_id", "key")
    programme_id = IdField()
    key = models.TextField()
    version = models.BigIntegerField()
    members = models.BigIntegerField()
    counted_at = InstantField()

    class Meta:
        db_table = "segments_count"
