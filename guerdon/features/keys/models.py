"""API keys."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Key(models.Model):
    """A machine's credential: only the hash of its secret is kept."""

    id = IdField(primary_key=True)
    programme_id = IdField(db_index=True)
    made_by = models.CharField(max_length=32, blank=True, default="")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()
    created_at = InstantField()
    last_used_at = InstantField(null=True)
    revoked_at = InstantField(null=True)

    class Meta:
        db_table = "keys_key"
