"""A user who signs in, what staff may do in a programme, and who is invited to become staff."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from guerdon.kit import ids
from guerdon.kit.fields import IdField, InstantField


class User(AbstractBaseUser):
    """Somebody who signs in, found by a keyed digest of the e-mail: the address itself is kept nowhere."""

    id = IdField(primary_key=True, default=ids.new)
    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200, blank=True)  # of staff, as it stands beside what they do
    is_active = models.BooleanField(default=True)
    made_at = InstantField()

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    USERNAME_FIELD = "digest"

    class Meta:
        db_table = "users_user"

    @property
    def email(self) -> str:
        """Nothing: what asks a user for an address may not send anything behind our back."""
        return ""


class Staff(models.Model):
    """What a user may do in a programme: one role, from when on, given by whom, until it is taken."""

    pk = models.CompositePrimaryKey("programme_id", "user_id")
    programme_id = IdField()
    user_id = IdField()
    email = models.TextField()  # as it was invited, so that colleagues know who it is
    role = models.CharField(max_length=20)
    since = InstantField()
    given_by = models.TextField()
    ended_at = InstantField(null=True)

    class Meta:
        db_table = "users_staff"
        indexes = (models.Index(fields=["user_id"], name="users_staff_user"),)


class Invitation(models.Model):
    """An invitation to become staff: only the digest of its secret is kept."""

    id = IdField(primary_key=True)
    programme_id = IdField(db_index=True)
    email = models.TextField()
    name = models.TextField()
    role = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, unique=True)
    made_at = InstantField()
    made_by = models.TextField()
    expires_at = InstantField()
    ended_at = InstantField(null=True)
    outcome = models.CharField(max_length=20, null=True)  # accepted, withdrawn or replaced by a newer one

    class Meta:
        db_table = "users_invitation"
