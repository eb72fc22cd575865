"""Points reserved for a time to live, the lots they are in, and every step that was taken with them."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Hold(models.Model):
    """A reservation; `id` is that of the entry of the journal that made it. Only what became of it moves."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    unit = models.TextField()
    amount = models.BigIntegerField()
    captured = models.BigIntegerField()
    released = models.BigIntegerField()
    expired = models.BigIntegerField()
    state = models.TextField()
    seq = models.BigIntegerField()
    created_at = InstantField()
    ends_at = InstantField()
    person_id = IdField(null=True)

    class Meta:
        db_table = "holds_hold"


class Part(models.Model):
    """So many points of a hold in one lot, in the order of `place`; `open` is what of them is still reserved."""

    pk = models.CompositePrimaryKey("account_id", "hold_id", "lot_id")
    account_id = IdField()
    hold_id = IdField()
    lot_id = IdField()
    programme_id = IdField()
    place = models.BigIntegerField()
    amount = models.BigIntegerField()
    open = models.BigIntegerField()

    class Meta:
        db_table = "holds_part"


class Step(models.Model):
    """What one entry of the journal did with a hold: a capture, a release, or the end of its time to live."""

    pk = models.CompositePrimaryKey("account_id", "hold_id", "activity_id")
    account_id = IdField()
    hold_id = IdField()
    activity_id = IdField()
    programme_id = IdField()
    seq = models.BigIntegerField()
    kind = models.TextField()
    captured = models.BigIntegerField()
    released = models.BigIntegerField()
    expired = models.BigIntegerField()
    at = InstantField()

    class Meta:
        db_table = "holds_step"
