"""The directory of gift cards: to which account a code leads, in which unit it is."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Card(models.Model):
    """A gift card by its code; what it holds is in the ledger, as everybody's points are."""

    pk = models.CompositePrimaryKey("programme_id", "code")
    programme_id = IdField()
    code = models.TextField()
    account_id = IdField()
    unit = models.TextField()
    made_at = InstantField()

    class Meta:
        db_table = "cards_card"
