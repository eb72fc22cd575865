"""Looks: who saw the personal data of whom, a row for each hour in which somebody did."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Look(models.Model):
    """Somebody opened the vault of a member for a purpose, `looks` times within the hour that begins at `hour`."""

    pk = models.CompositePrimaryKey("account_id", "hour", "kind", "actor_id", "purpose")
    account_id = IdField()
    hour = InstantField()
    kind = models.TextField()
    actor_id = models.TextField()
    purpose = models.TextField()
    programme_id = IdField()
    name = models.TextField()
    looks = models.BigIntegerField()
    first_at = InstantField()
    last_at = InstantField()

    class Meta:
        db_table = "looks_look"
