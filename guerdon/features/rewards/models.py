"""The stock of every reward, what came into it, the claims on it that end by themselves, and its pictures."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Stock(models.Model):
    """The pieces of one variant of a reward; locked last of all, proved by the redemptions.

    `spent` is what all that is claimed and given costs, in minor units. What is `counted` never runs below nothing.
    """

    pk = models.CompositePrimaryKey("programme_id", "reward", "variant")
    programme_id = IdField()
    reward = models.TextField()
    variant = models.TextField()
    counted = models.BigIntegerField()
    initial = models.BigIntegerField()
    supplied = models.BigIntegerField()
    claimed = models.BigIntegerField()
    given = models.BigIntegerField()
    spent = models.BigIntegerField()

    class Meta:
        db_table = "rewards_stock"


class Supply(models.Model):
    """Pieces that came in or were lost, once for ever by the name that was told."""

    pk = models.CompositePrimaryKey("programme_id", "source", "external_id")
    programme_id = IdField()
    source = models.TextField()
    external_id = models.TextField()
    reward = models.TextField()
    variant = models.TextField()
    pieces = models.BigIntegerField()
    remains = models.BigIntegerField(null=True)
    reason = models.TextField()
    actor = models.TextField()
    at = InstantField()

    class Meta:
        db_table = "rewards_supply"


class Claim(models.Model):
    """A redemption whose piece is to be had again after `until`, by whoever comes first: the night, or the next."""

    pk = models.CompositePrimaryKey("programme_id", "redemption_id")
    programme_id = IdField()
    redemption_id = IdField()
    account_id = IdField()
    reward = models.TextField()
    variant = models.TextField()
    cost = models.BigIntegerField()
    until = InstantField()

    class Meta:
        db_table = "rewards_claim"


class Picture(models.Model):
    """The picture of a reward, named by the hash of its content, which is kept in base 64."""

    pk = models.CompositePrimaryKey("programme_id", "reward")
    programme_id = IdField()
    reward = models.TextField()
    hash = models.TextField()
    media_type = models.TextField()
    content = models.TextField()
    actor = models.TextField()
    at = InstantField()

    class Meta:
        db_table = "rewards_picture"


class PictureChange(models.Model):
    """That a picture of a reward was put, or taken away (no `hash`), and by whom; the last one tells what is shown."""

    pk = models.CompositePrimaryKey("programme_id", "reward", "number")
    programme_id = IdField()
    reward = models.TextField()
    number = models.BigIntegerField()
    id = IdField()
    hash = models.TextField(null=True)
    actor = models.TextField()
    at = InstantField()

    class Meta:
        db_table = "rewards_picture_change"
