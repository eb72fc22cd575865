"""Letters on their way, sealed until they are sent, and the kinds that members do without."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Letter(models.Model):
    """A letter of the queue: `cause` is what it tells, for which a member gets no second one.

    What is personal in it is sealed, and gone as soon as it was sent or dropped. While a worker has it, `due_at` is
    the end of its lease.
    """

    id = IdField(primary_key=True)
    programme_id = IdField()
    member_id = IdField(null=True)  # none where it goes to staff, or to whoever wants to sign in
    kind = models.TextField()
    cause = models.TextField()
    state = models.TextField()
    fault = models.TextField(null=True)
    code = models.BigIntegerField(null=True)  # what the mail server said last, as its number
    attempts = models.BigIntegerField()
    made_at = InstantField()
    due_at = InstantField()
    until = InstantField(null=True)  # afterwards it is of no use
    settled_at = InstantField(null=True)
    wrapped_key = models.TextField(null=True)
    sealed = models.TextField(null=True)

    class Meta:
        db_table = "letters_letter"


class Stop(models.Model):
    """A member does without letters of a kind, since when and by whose word; wanted again the row is gone."""

    pk = models.CompositePrimaryKey("account_id", "kind")
    account_id = IdField()
    kind = models.TextField()
    programme_id = IdField()
    since = InstantField()
    actor = models.TextField()

    class Meta:
        db_table = "letters_stop"


class Seen(models.Model):
    """A member has seen one of the news of what others did for them, by its name; kept as long as it would be news."""

    pk = models.CompositePrimaryKey("account_id", "name")
    account_id = IdField()
    name = models.TextField()
    programme_id = IdField()
    at = InstantField()

    class Meta:
        db_table = "letters_seen"
