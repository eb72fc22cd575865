"""What rules remember: counters per member and window, and the budgets of campaigns."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Counter(models.Model):
    """How often or how much so far, in a calendar window; `last_at` is when the latest one happened.

    The key has the window first: a purchase looks at a handful of windows, not at all there ever were.
    """

    pk = models.CompositePrimaryKey("account_id", "win", "key")
    account_id = IdField()
    key = models.TextField()
    win = models.TextField()
    amount = models.BigIntegerField()
    last_at = InstantField()

    class Meta:
        db_table = "rulebook_counter"


class Budget(models.Model):
    """What a rule has given to all members together, never more than its budget."""

    pk = models.CompositePrimaryKey("programme_id", "rule")
    programme_id = IdField()
    rule = models.TextField()
    spent = models.BigIntegerField()
    most = models.BigIntegerField()

    class Meta:
        db_table = "rulebook_budget"
