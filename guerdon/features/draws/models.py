"""The seeds of chance, the streaks of members without the guaranteed prize, and who has switched chance off."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Seed(models.Model):
    """A seed of a programme: its `hash` is shown from the beginning, its `secret` once it is retired; sealed till then.

    The one in use is the first that is not retired; another one waits behind it, so that every hash is shown before.
    """

    pk = models.CompositePrimaryKey("programme_id", "number")
    programme_id = IdField()
    number = models.BigIntegerField()
    hash = models.TextField()
    wrapped_key = models.TextField()
    sealed = models.TextField()
    made_at = InstantField()
    secret = models.TextField(null=True)
    retired_at = InstantField(null=True)

    class Meta:
        db_table = "draws_seed"


class Streak(models.Model):
    """How many draws of a mystery in a row have not given the `prize` that it guarantees; `seq` is the last one's."""

    pk = models.CompositePrimaryKey("account_id", "reward")
    account_id = IdField()
    reward = models.TextField()
    programme_id = IdField()
    prize = models.TextField()
    dry = models.BigIntegerField()
    seq = models.BigIntegerField()

    class Meta:
        db_table = "draws_streak"


class Switch(models.Model):
    """A member who has switched chance off, and when; switched on again the row is gone."""

    account_id = IdField(primary_key=True)
    programme_id = IdField()
    off_at = InstantField()

    class Meta:
        db_table = "draws_switch"
