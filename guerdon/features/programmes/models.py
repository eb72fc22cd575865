"""A programme, the tenant boundary, and its immutable published versions."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Programme(models.Model):
    """One rule set and everything that belongs to it; nothing crosses it."""

    id = IdField(primary_key=True)
    key = models.CharField(max_length=64, unique=True)
    created_at = InstantField()
    sandbox = models.BooleanField(default=False)
    clock = InstantField(null=True)  # of a sandbox: where its test clock was put

    class Meta:
        db_table = "programmes_programme"


class Night(models.Model):
    """A night that has been at every account: for which instant, and how far the journal was when it began."""

    pk = models.CompositePrimaryKey("programme_id", "as_of")
    programme_id = IdField()
    as_of = InstantField()
    # Whatever has this number of the journal or a smaller one was there before; 0 where nothing surely was.
    began_seq = models.BigIntegerField()

    class Meta:
        db_table = "programmes_night"


class Version(models.Model):
    """One published version of the programme file, in force from `effective_at`; never changed (append-only)."""

    id = IdField(primary_key=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    digest = models.CharField(max_length=64)
    source = models.TextField()  # the file as it was written, comments and all
    document = models.TextField()  # its canonical JSON, of which `digest` is the SHA-256
    effective_at = InstantField()
    published_at = InstantField()
    published_by = models.CharField(max_length=200)

    class Meta:
        db_table = "programmes_version"
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programmes_version_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="programmes_version_number_positive"),
        ]
