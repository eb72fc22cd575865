"""Drafts as they stand, and their steps, which never change."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Draft(models.Model):
    """A changed programme file on the base of a version; `revision` counts what happened to it."""

    pk = models.CompositePrimaryKey("programme_id", "id")
    programme_id = IdField()
    id = IdField()
    title = models.TextField()
    base = models.BigIntegerField()  # the number of the version it changes
    source = models.TextField()  # the whole file, comments and all
    state = models.TextField()
    revision = models.BigIntegerField()
    created_at = InstantField()
    version = models.BigIntegerField(null=True)  # what it became

    class Meta:
        db_table = "drafts_draft"


class Step(models.Model):
    """Who did what to a draft, when and why, and which parts of the file changed by it."""

    pk = models.CompositePrimaryKey("programme_id", "draft_id", "number")
    programme_id = IdField()
    draft_id = IdField()
    number = models.BigIntegerField()  # the draft's revision after it
    verb = models.TextField()
    actor = models.TextField()
    actor_id = models.TextField()
    at = InstantField()
    why = models.TextField()
    base = models.BigIntegerField()
    digest = models.TextField()  # the SHA-256 of the file after it
    changes = models.TextField()

    class Meta:
        db_table = "drafts_step"
