"""Notes of the staff about members, each sealed with a key of its own."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Note(models.Model):
    """One note: who wrote it when, and the words, sealed; it is never changed, and leaves with the member."""

    pk = models.CompositePrimaryKey("account_id", "id")
    account_id = IdField()
    id = IdField()
    programme_id = IdField()
    at = InstantField()
    author = models.TextField()
    author_id = IdField()
    wrapped_key = models.TextField()
    sealed = models.TextField()

    class Meta:
        db_table = "notes_note"
