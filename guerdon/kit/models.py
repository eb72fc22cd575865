"""The outbox: news of every committed change, written in the same transaction, drained by a worker."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Outgoing(models.Model):
    """One piece of news that waits to go out."""

    id = IdField(primary_key=True)
    programme_id = IdField()
    topic = models.TextField()
    account_id = IdField()
    subject_id = IdField()
    seq = models.BigIntegerField()
    created_at = InstantField()
    due_at = InstantField()
    attempts = models.BigIntegerField()

    class Meta:
        db_table = "kit_outgoing"
