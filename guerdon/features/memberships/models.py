"""Memberships with their intervals and payments, and the directory of the names by which they are found."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Membership(models.Model):
    """A membership in the own account of whoever holds it; `terms` and `next` are what was agreed, as JSON.

    `due_at` is when the night looks at it next. The state is no column: it follows from the rest at any instant.
    """

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    plan = models.TextField()
    terms = models.TextField()
    method = models.TextField()
    asked_at = InstantField()
    seq = models.BigIntegerField()
    anchor = models.BigIntegerField(null=True)
    base = models.BigIntegerField()
    paused_at = InstantField(null=True)
    cancelled_at = InstantField(null=True)
    ends_at = InstantField(null=True)
    ended = models.BigIntegerField()
    next = models.TextField(null=True)
    asked = models.BigIntegerField()
    steps = models.BigIntegerField()
    refunded_at = InstantField(null=True)
    subscription = models.TextField(null=True)
    due_at = InstantField(null=True)

    class Meta:
        db_table = "memberships_membership"


class Period(models.Model):
    """A trial, a paid period, or what was left of one after a pause; only that it was `cut` is written later."""

    pk = models.CompositePrimaryKey("account_id", "membership_id", "place")
    account_id = IdField()
    membership_id = IdField()
    place = models.BigIntegerField()
    programme_id = IdField()
    kind = models.TextField()
    number = models.BigIntegerField()
    plan = models.TextField()
    start = InstantField()
    until = InstantField(null=True)
    value = models.BigIntegerField()
    payment_id = IdField(null=True)
    cut = InstantField(null=True)
    seq = models.BigIntegerField()

    class Meta:
        db_table = "memberships_period"


class Payment(models.Model):
    """Money asked for a period, and what became of it; `paid_by` is the way on which it came.

    `url` is where the provider takes it, `returned` what the provider has given back of what it was to, and `sending`
    what it was last asked to give back and has not answered yet. `plans` is how often the queue was told of it since it
    last changed, `plan_at` when it is told again.
    """

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    membership_id = IdField()
    number = models.BigIntegerField()
    purpose = models.TextField()
    terms = models.TextField()
    amount = models.BigIntegerField()
    method = models.TextField()
    state = models.TextField()
    asked_at = InstantField()
    seq = models.BigIntegerField()
    settled_at = InstantField(null=True)
    reference = models.TextField()
    refunded = models.BigIntegerField()
    attempts = models.BigIntegerField()
    paid_by = models.TextField(null=True)
    url = models.TextField(null=True)
    returned = models.BigIntegerField(default=0)
    sending = models.BigIntegerField(default=0)
    plans = models.BigIntegerField()
    plan_at = InstantField()

    class Meta:
        db_table = "memberships_payment"


class Reference(models.Model):
    """The directory: by which name, ours or a provider's, a membership and its payment are found."""

    pk = models.CompositePrimaryKey("programme_id", "provider", "kind", "value")
    programme_id = IdField()
    provider = models.TextField()
    kind = models.TextField()
    value = models.TextField()
    account_id = IdField()
    membership_id = IdField()
    payment_id = IdField(null=True)

    class Meta:
        db_table = "memberships_reference"


class Subscription(models.Model):
    """What repeats at a provider, by its own name, and what the provider was last told to do with it."""

    pk = models.CompositePrimaryKey("programme_id", "provider", "id")
    programme_id = IdField()
    provider = models.TextField()
    id = models.TextField()
    account_id = IdField()
    membership_id = IdField()
    told = models.TextField()

    class Meta:
        db_table = "memberships_subscription"


class Event(models.Model):
    """News of a provider, once for each; what waits was faster than the news that it belongs to.

    What a person has looked at is `done`, by whom and when.
    """

    pk = models.CompositePrimaryKey("programme_id", "provider", "id")
    programme_id = IdField()
    provider = models.TextField()
    id = models.TextField()
    kind = models.TextField()
    about = models.TextField()
    told = models.TextField()
    created_at = InstantField()
    received_at = InstantField()
    state = models.TextField()
    done_by = models.TextField(null=True)
    done_at = InstantField(null=True)

    class Meta:
        db_table = "memberships_event"
