"""The journal: every fact told to us or made by us, once for ever, with what was decided on it."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Activity(models.Model):
    """One fact and its decision, never changed; `seq` orders all of them."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    seq = models.BigIntegerField()
    kind = models.TextField()
    source = models.TextField()
    external_id = models.TextField()
    occurred_at = InstantField()
    recorded_at = InstantField()
    version = models.BigIntegerField()
    facts = models.TextField()
    decision = models.TextField()

    class Meta:
        db_table = "activities_activity"


class Key(models.Model):
    """The directory of natural keys: the same fact told again finds its first telling (LAW 2.1)."""

    pk = models.CompositePrimaryKey("programme_id", "source", "kind", "external_id")
    programme_id = IdField()
    source = models.TextField()
    kind = models.TextField()
    external_id = models.TextField()
    account_id = IdField()
    activity_id = IdField()

    class Meta:
        db_table = "activities_key"


class Parked(models.Model):
    """A fact that waits: a return for its purchase, foreign money for its rate."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    reason = models.TextField()
    waits_source = models.TextField()
    waits_external_id = models.TextField()
    parked_at = InstantField()
    seq = models.BigIntegerField()
    facts = models.TextField()

    class Meta:
        db_table = "activities_parked"


class Returned(models.Model):
    """What a return gave back of a purchase: `slice` is its part as it was told, and what that came to."""

    pk = models.CompositePrimaryKey("account_id", "purchase_id", "return_id")
    account_id = IdField()
    purchase_id = IdField()
    return_account = IdField()
    return_id = IdField()
    seq = models.BigIntegerField()
    slice = models.TextField()

    class Meta:
        db_table = "activities_returned"


class Paid(models.Model):
    """A burn that pays a tender of a purchase, once for ever: the `place` among its tenders, from 1."""

    pk = models.CompositePrimaryKey("account_id", "burn_id")
    account_id = IdField()
    burn_id = IdField()
    purchase_account = IdField()
    purchase_id = IdField()
    place = models.BigIntegerField()

    class Meta:
        db_table = "activities_paid"


class Answer(models.Model):
    """What was answered under an `Idempotency-Key`, kept with the effect in one transaction (LAW 2.2)."""

    pk = models.CompositePrimaryKey("programme_id", "credential", "route", "key")
    programme_id = IdField()
    credential = models.TextField()
    route = models.TextField()
    key = models.TextField()
    digest = models.TextField()
    outcome = models.TextField()
    created_at = InstantField()

    class Meta:
        db_table = "activities_answer"
