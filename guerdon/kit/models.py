"""The outbox, news of every committed change, and their count; what our queue knows of a job; the key of digests."""

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


class Sent(models.Model):
    """How many news of a topic have gone out for a programme; with those that wait it is all there ever were."""

    pk = models.CompositePrimaryKey("programme_id", "topic")
    programme_id = IdField()
    topic = models.TextField()
    news = models.BigIntegerField()

    class Meta:
        db_table = "kit_sent"


class Audit(models.Model):
    """Who did what to what, why, and how it was before and after; of a programme, or of the installation (NIL)."""

    id = IdField(primary_key=True)
    programme_id = IdField()
    at = InstantField()
    actor_kind = models.TextField()
    actor = models.TextField()
    action = models.TextField()
    about = models.TextField()
    before = models.TextField(null=True)
    after = models.TextField(null=True)
    reason = models.TextField()

    class Meta:
        db_table = "kit_audit"


class Attempt(models.Model):
    """How often somebody has tried what may be tried only so often, since when; counted under the row's lock."""

    pk = models.CompositePrimaryKey("what", "who")
    what = models.TextField()
    who = models.TextField()
    since = InstantField()
    tries = models.BigIntegerField()

    class Meta:
        db_table = "kit_attempt"


class Job(models.Model):
    """A job that waits, runs, or was put in once and is remembered: its key, and until when a worker has it."""

    id = IdField(primary_key=True)  # that of the queue's own row
    key = models.TextField(null=True)
    slot = models.TextField(null=True, unique=True)  # the key while it is taken
    lasting = models.BigIntegerField()
    lease_until = models.BigIntegerField()

    class Meta:
        db_table = "kit_job"


class Key(models.Model):
    """The key of keyed digests, sealed with the installation's secret, and when all was last sealed with which one."""

    name = models.TextField(primary_key=True)
    covered = models.TextField()
    rotated_mark = models.TextField(null=True)
    rotated_at = InstantField(null=True)

    class Meta:
        db_table = "kit_key"
