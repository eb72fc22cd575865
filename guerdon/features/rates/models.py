"""What was told of exchange rates, never changed: who corrects a day tells it again."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Rate(models.Model):
    """One telling: from the local day on `units` of the currency are `home`; of a day the last telling counts."""

    pk = models.CompositePrimaryKey("programme_id", "currency", "day", "id")
    programme_id = IdField()
    currency = models.TextField()
    day = models.TextField()
    id = IdField()
    home = models.BigIntegerField()
    units = models.BigIntegerField()
    told_at = InstantField()
    told_by = models.TextField()

    class Meta:
        db_table = "rates_rate"
