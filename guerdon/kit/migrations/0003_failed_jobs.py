from guerdon.kit import ddl
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('kit', '0002_job'),
    ]

    operations = [
        # Those who watch ask every few seconds how many failed lately; the queue keeps what ended for a month.
        ddl.Run(
            "CREATE INDEX kit_job_failed ON django_tasks_database_dbtaskresult (finished_at) WHERE status = 'FAILED'"
        ),
    ]
