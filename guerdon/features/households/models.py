"""Belonging to a household as intervals of time, and invitations; the account itself is a member's row."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Belonging(models.Model):
    """A person belongs to a household (the account) as something from `since` until `until`, which is not in it.

    A new role ends one interval and begins the next; `joined_seq` stays that of the household's entry by which the
    person came in. `how` says what became of the points: stay, take, all; or that only the role changed. `memory` is
    what was brought besides points, `parting` what the counters were when somebody left.
    """

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    person_id = IdField()
    role = models.TextField()
    since = InstantField()
    joined_seq = models.BigIntegerField()
    joined_entry = IdField()
    actor = models.TextField()
    memory = models.TextField()
    until = InstantField(null=True)
    how = models.TextField(null=True)
    left_seq = models.BigIntegerField(null=True)
    left_entry = IdField(null=True)
    ended_by = models.TextField(null=True)
    parting = models.TextField(null=True)

    class Meta:
        db_table = "households_belonging"


class Invitation(models.Model):
    """A person is invited into a household (the account) as something; one that nobody took in time has lapsed."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    person_id = IdField()
    role = models.TextField()
    invited_by = IdField()
    state = models.TextField()
    made_at = InstantField()
    until = InstantField()
    settled_at = InstantField(null=True)

    class Meta:
        db_table = "households_invitation"
