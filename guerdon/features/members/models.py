"""A member, the directory by which one is found, and the vault that holds what identifies a person."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Member(models.Model):
    """One enrolled person, a household or a gift card; the id is also the id of the account, this row is its lock.

    One that was merged leads to the member who stayed, in one step: `merged_into` never names a merged one. While a
    person belongs to a household, `household_id` leads to the account that has the points, and there is room for one.
    A household that was closed leads to whoever was the last in it.
    """

    id = IdField(primary_key=True)
    programme_id = IdField()
    enrolled_at = InstantField()
    status = models.CharField(max_length=16, default="active")
    birthday_month = models.SmallIntegerField(null=True)
    attributes = models.JSONField(default=dict)
    segments = models.JSONField(default=list)
    merged_into = IdField(null=True, db_index=True)
    etag = models.IntegerField(default=1)
    kind = models.CharField(max_length=16, default="person")
    household_id = IdField(null=True, db_index=True)
    role = models.CharField(max_length=16, null=True)

    class Meta:
        db_table = "members_member"
        indexes = [
            models.Index(
                fields=["programme_id", "id"], condition=models.Q(kind="household"), name="members_member_households"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "id"], name="members_member_programme"),
            models.CheckConstraint(
                condition=models.Q(birthday_month__isnull=True) | models.Q(birthday_month__range=(1, 12)),
                name="members_member_birthday_month",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["active", "blocked", "closed", "erased", "merged"]),
                name="members_member_status",
            ),
            models.CheckConstraint(
                condition=models.Q(status="merged", merged_into__isnull=False)
                | models.Q(~models.Q(status="merged"), merged_into__isnull=True),
                name="members_member_merged",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["person", "household", "card"]), name="members_member_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(household_id__isnull=True, role__isnull=True)
                | models.Q(
                    household_id__isnull=False,
                    role__in=["owner", "adult", "child"],
                    kind="person",
                    merged_into__isnull=True,
                ),
                name="members_member_household",
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
    came_from = IdField(null=True)  # the member whose it was, where a merge brought it

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


class Word(models.Model):
    """What members are found by: a keyed number for each word of a name, and for each of its beginnings.

    It leads to whoever stands for the person by now, so that a merged one is found, too. What the number is of is
    known only to who has the secret and the name.
    """

    pk = models.CompositePrimaryKey("programme_id", "token", "member_id")
    programme_id = IdField()
    token = models.BigIntegerField()
    member_id = IdField(db_index=True)

    class Meta:
        db_table = "members_word"


class Revocation(models.Model):
    """The rotating codes of a member up to then have ended; how many there are is part of the secret that follows."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    number = models.BigIntegerField()
    at = InstantField()
    actor = models.TextField()

    class Meta:
        db_table = "members_revocation"


class Lift(models.Model):
    """Of the e-mails and phones that a member had by then none makes it wait; who said so, and why, is in the book."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    at = InstantField()

    class Meta:
        db_table = "members_lift"


class Merge(models.Model):
    """One member (the account) merged into another, with all that its undoing needs; it is undone at most once."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    into_account = IdField()
    activity_id = IdField()
    seq = models.BigIntegerField()
    merged_at = InstantField()
    actor = models.TextField()
    memory = models.TextField()
    answer = models.TextField()
    undone_at = InstantField(null=True)
    undone_by = models.TextField(null=True)
    undoing = models.TextField(null=True)

    class Meta:
        db_table = "members_merge"
