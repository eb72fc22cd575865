"""A member, the directory by which one is found, and the vault that holds what identifies a person."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Member(models.Model):
    """One enrolled person; the id is also the id of the personal account, and this row is the account's lock."""

    id = IdField(primary_key=True)
    programme_id = IdField()
    enrolled_at = InstantField()
    status = models.CharField(max_length=16, default="active")
    birthday_month = models.SmallIntegerField(null=True)
    attributes = models.JSONField(default=dict)
    segments = models.JSONField(default=list)
    etag = models.IntegerField(default=1)

    class Meta:
        db_table = "members_member"
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "id"], name="members_member_programme"),
            models.CheckConstraint(
                condition=models.Q(birthday_month__isnull=True) | models.Q(birthday_month__range=(1, 12)),
                name="members_member_birthday_month",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["active", "blocked", "closed", "erased"]),
                name="members_member_status",
            ),
        ]


class Identifier(models.Model):
    """The directory: which member a card, external id, e-mail or phone belongs to, unique in the programme.

    E-mail and phone stand here as keyed digests; what they are is known only to the vault.
    """

    pk = models.CompositePrimaryKey("programme_id", "kind", "value")
    programme_id = IdField()
    kind = models.CharField(max_length=16)
    value = models.CharField(max_length=255)
    member_id = IdField(db_index=True)
    created_at = InstantField()

    class Meta:
        db_table = "members_identifier"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["external_id", "card", "email", "phone"]),
                name="members_identifier_kind",
            ),
        ]


class Vault(models.Model):
    """A member's personal data, sealed with a key of its own; dropping the row and the key erases the person."""

    account_id = IdField(primary_key=True)
    wrapped_key = models.TextField()
    sealed = models.TextField()
    updated_at = InstantField()

    class Meta:
        db_table = "members_vault"
