"""Redemptions, the codes by which they are found, and where they are to be sent."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Redemption(models.Model):
    """A reward that a member has; `id` is that of the entry of the journal that made it. Only what became of it moves.

    `paid` are the points by unit and `choices` the options, as JSON; `money` and `cost` are minor units; `given` is the
    code of the voucher or gift card that it handed over; `till` and `act` say where it was handed over, as which act.
    """

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    person_id = IdField(null=True)
    reward = models.TextField()
    variant = models.TextField()
    version = models.BigIntegerField()
    number = models.BigIntegerField()
    paid = models.TextField()
    money = models.BigIntegerField()
    cost = models.BigIntegerField()
    choices = models.TextField()
    code = models.TextField()
    seq = models.BigIntegerField()
    made_at = InstantField()
    state = models.TextField()
    until = InstantField(null=True)
    confirmed_at = InstantField(null=True)
    settled_at = InstantField(null=True)
    given = models.TextField(null=True)
    till = models.TextField(null=True)
    act = models.TextField(null=True)

    class Meta:
        db_table = "redemptions_redemption"


class Code(models.Model):
    """The directory of codes: which redemption one leads to."""

    pk = models.CompositePrimaryKey("programme_id", "code")
    programme_id = IdField()
    code = models.TextField()
    account_id = IdField()
    redemption_id = IdField()

    class Meta:
        db_table = "redemptions_code"


class Delivery(models.Model):
    """The address and the free texts of a redemption, sealed; erasing them is dropping the row (LAW 10.30)."""

    pk = models.CompositePrimaryKey("account_id", "redemption_id")
    account_id = IdField()
    redemption_id = IdField()
    wrapped_key = models.TextField()
    sealed = models.TextField()

    class Meta:
        db_table = "redemptions_delivery"
