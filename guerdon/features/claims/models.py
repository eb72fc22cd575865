"""Claims, every step of them, and what was told: words and photos, sealed."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Claim(models.Model):
    """A claim of a member as it stands; `receipt` is a keyed digest, `entry_id` what the journal says was granted."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    kind = models.TextField()
    state = models.TextField()
    priority = models.BigIntegerField()
    answer_hours = models.BigIntegerField()
    opened_at = InstantField()
    opened_by = models.TextField()
    due_at = InstantField()
    receipt = models.TextField(null=True)
    assigned_to = models.TextField(null=True)
    answered_at = InstantField(null=True)
    settled_at = InstantField(null=True)
    reopened = models.BigIntegerField()
    rejected = models.BigIntegerField()
    steps = models.BigIntegerField()
    entry_id = IdField(null=True)

    class Meta:
        db_table = "claims_claim"


class Step(models.Model):
    """One step of a claim: who did what, when, why, and the state after it."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    claim_id = IdField()
    programme_id = IdField()
    number = models.BigIntegerField()
    deed = models.TextField()
    state = models.TextField()
    at = InstantField()
    actor = models.TextField()
    actor_id = models.TextField()
    reason = models.TextField()
    entry_id = IdField(null=True)

    class Meta:
        db_table = "claims_step"


class Text(models.Model):
    """What was said with a step, sealed with the key of its claim."""

    pk = models.CompositePrimaryKey("account_id", "claim_id", "number")
    account_id = IdField()
    claim_id = IdField()
    number = models.BigIntegerField()
    sealed = models.TextField()

    class Meta:
        db_table = "claims_text"


class Photo(models.Model):
    """A photo that came with a step, sealed with the key of its claim; `hash` names it within the claim."""

    pk = models.CompositePrimaryKey("account_id", "claim_id", "hash")
    account_id = IdField()
    claim_id = IdField()
    hash = models.TextField()
    number = models.BigIntegerField()
    media_type = models.TextField()
    sealed = models.TextField()

    class Meta:
        db_table = "claims_photo"


class Key(models.Model):
    """What the words and photos of a claim are sealed with; erasing them is dropping the row (LAW 10.30)."""

    pk = models.CompositePrimaryKey("account_id", "claim_id")
    account_id = IdField()
    claim_id = IdField()
    wrapped_key = models.TextField()

    class Meta:
        db_table = "claims_key"
