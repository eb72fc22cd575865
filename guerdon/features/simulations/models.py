"""What-ifs: what was asked, which never changes, and how far the answer is."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Simulation(models.Model):
    """A what-if. Of those with the same digest only one is on its way or answered."""

    pk = models.CompositePrimaryKey("programme_id", "id")
    programme_id = IdField()
    id = IdField()
    digest = models.TextField()  # the SHA-256 of all on which the answer depends
    draft_id = IdField(null=True)
    revision = models.BigIntegerField(null=True)  # the step of the draft that was asked about
    version = models.BigIntegerField()  # what was published when it was asked
    name = models.TextField()
    source = models.TextField()  # the whole file
    how = models.TextField()  # what is varied, and how members respond, as JSON
    seq = models.BigIntegerField()  # how far the journal was
    since = models.TextField()  # local days, half-open
    until = models.TextField()
    asked_at = InstantField()
    asked_by = models.TextField()
    asked_by_id = models.TextField()
    state = models.TextField()
    stage = models.TextField()
    share = models.BigIntegerField()  # thousandths
    tries = models.BigIntegerField()
    started_at = InstantField(null=True)
    ended_at = InstantField(null=True)
    answer = models.TextField(null=True)
    refusal = models.TextField(null=True)

    class Meta:
        db_table = "simulations_simulation"
