"""Consents: every word of a member about a purpose, and the last one of each."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Consent(models.Model):
    """A member gave or withdrew a consent: to which wording, when, on which way, and by whom it was told."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    purpose = models.TextField()
    given = models.BigIntegerField()
    version = models.BigIntegerField()
    at = InstantField()
    how = models.TextField()
    actor = models.TextField()

    class Meta:
        db_table = "consents_consent"


class State(models.Model):
    """What a member has last said about a purpose: a copy of that consent, so that one row tells."""

    pk = models.CompositePrimaryKey("account_id", "purpose")
    account_id = IdField()
    purpose = models.TextField()
    programme_id = IdField()
    consent_id = IdField()
    given = models.BigIntegerField()
    version = models.BigIntegerField()
    at = InstantField()
    how = models.TextField()
    actor = models.TextField()

    class Meta:
        db_table = "consents_state"
