import guerdon.kit.fields
from guerdon.kit import ddl
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [('programmes', '0001_initial')]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
        migrations.CreateModel(
            name='Simulation',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('digest', models.TextField()),
                ('draft_id', guerdon.kit.fields.IdField(null=True)),
                ('revision', models.BigIntegerField(null=True)),
                ('version', models.BigIntegerField()),
                ('name', models.TextField()),
                ('source', models.TextField()),
                ('how', models.TextField()),
                ('seq', models.BigIntegerField()),
                ('since', models.TextField()),
                ('until', models.TextField()),
                ('asked_at', guerdon.kit.fields.InstantField()),
                ('asked_by', models.TextField()),
                ('asked_by_id', models.TextField()),
                ('state', models.TextField()),
                ('stage', models.TextField()),
                ('share', models.BigIntegerField()),
                ('tries', models.BigIntegerField()),
                ('started_at', guerdon.kit.fields.InstantField(null=True)),
                ('ended_at', guerdon.kit.fields.InstantField(null=True)),
                ('answer', models.TextField(null=True)),
                ('refusal', models.TextField(null=True)),
            ],
            options={
                'db_table': 'simulations_simulation',
            },
        ),
            ],
            database_operations=[
        # A file and an answer are wide rows, so it is a heap.
        ddl.Run("""
    CREATE TABLE simulations_simulation (
        programme_id {id} NOT NULL REFERENCES programmes_programme (id), id {id} NOT NULL,
        digest {text} NOT NULL CHECK (length(digest) = 64),
        draft_id {id}, revision {int} CHECK (revision > 0), version {int} NOT NULL CHECK (version > 0),
        name {text} NOT NULL, source {text} NOT NULL, how {text} NOT NULL, seq {int} NOT NULL CHECK (seq >= 0),
        since {text} NOT NULL, until {text} NOT NULL,
        asked_at {int} NOT NULL, asked_by {text} NOT NULL, asked_by_id {text} NOT NULL,
        state {text} NOT NULL CHECK (state IN ('waiting', 'running', 'answered', 'refused', 'failed')),
        stage {text} NOT NULL, share {int} NOT NULL CHECK (share BETWEEN 0 AND 1000),
        tries {int} NOT NULL CHECK (tries >= 0), started_at {int}, ended_at {int}, answer {text}, refusal {text},
        PRIMARY KEY (programme_id, id),
        CHECK (since < until),
        CHECK ((draft_id IS NULL) = (revision IS NULL)),
        CHECK ((state = 'answered') = (answer IS NOT NULL)),
        CHECK ((state = 'refused') = (refusal IS NOT NULL)),
        CHECK ((state IN ('waiting', 'running')) = (ended_at IS NULL)),
        CHECK (state = 'waiting' OR started_at IS NOT NULL)
    ){heap}
        """),
        # The same question is worked at once, and answered once.
        ddl.Run(
            "CREATE UNIQUE INDEX simulations_simulation_same ON simulations_simulation (programme_id, digest)"
            " WHERE state IN ('waiting', 'running', 'answered')"
        ),
        ddl.Run("CREATE INDEX simulations_simulation_draft ON simulations_simulation (programme_id, draft_id, id)"),
            ],
        ),
    ]
