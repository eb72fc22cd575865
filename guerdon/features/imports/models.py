"""Runs of the importer: control rows, which nothing in the ledger refers to."""

from django.db import models

from guerdon.kit.fields import IdField, InstantField


class Run(models.Model):
    """One import of one file under one mapping into one programme; `position` rows of it are committed."""

    id = IdField(primary_key=True)
    programme_id = IdField()
    file_digest = models.CharField(max_length=64)
    mapping_digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    position = models.BigIntegerField()
    counts = models.TextField()
    state = models.CharField(max_length=16)
    started_at = InstantField()
    finished_at = InstantField(null=True)

    class Meta:
        db_table = "imports_run"
        indexes = [
            models.Index(fields=["programme_id", "file_digest", "mapping_digest"], name="imports_run_of_file"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(position__gte=0), name="imports_run_position"),
            models.CheckConstraint(
                condition=models.Q(state__in=["running", "stopped", "finished"]), name="imports_run_state"
            ),
        ]
