"""Erasures: asked for, waiting, taken back or done."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Erasure(models.Model):
    """A member is to be erased at `due_at`; `lost` is what that came to, without a word of who it was, as JSON."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    asked_at = InstantField()
    asked_by = models.TextField()
    due_at = InstantField()
    cancelled_at = InstantField(null=True)
    cancelled_by = models.TextField(null=True)
    done_at = InstantField(null=True)
    lost = models.TextField(null=True)

    class Meta:
        db_table = "erasures_erasure"
