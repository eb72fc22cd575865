import guerdon.kit.fields
from guerdon.kit import ddl
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [('members', '0001_initial')]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('asked_at', guerdon.kit.fields.InstantField()),
                ('asked_by', models.TextField()),
                ('due_at', guerdon.kit.fields.InstantField()),
                ('cancelled_at', guerdon.kit.fields.InstantField(null=True)),
                ('cancelled_by', models.TextField(null=True)),
                ('done_at', guerdon.kit.fields.InstantField(null=True)),
                ('lost', models.TextField(null=True)),
            ],
            options={
                'db_table': 'erasures_erasure',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE erasures_erasure (
        account_id {id} NOT NULL, id {id} NOT NULL, programme_id {id} NOT NULL, asked_at {int} NOT NULL,
        asked_by {text} NOT NULL, due_at {int} NOT NULL CHECK (due_at >= asked_at), cancelled_at {int},
        cancelled_by {text}, done_at {int}, lost {text},
        PRIMARY KEY (account_id, id),
        CHECK (cancelled_at IS NULL OR done_at IS NULL),
        CHECK ((cancelled_at IS NULL) = (cancelled_by IS NULL)),
        CHECK ((done_at IS NULL) = (lost IS NULL)),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id)
    ){heap}
        """),
        ddl.Run("CREATE UNIQUE INDEX erasures_erasure_one ON erasures_erasure (account_id) WHERE cancelled_at IS NULL"),
        ddl.Run(
            "CREATE INDEX erasures_erasure_due ON erasures_erasure (programme_id, due_at)"
            " WHERE cancelled_at IS NULL AND done_at IS NULL"
        ),
        ddl.Run("CREATE INDEX erasures_erasure_done ON erasures_erasure (programme_id) WHERE done_at IS NOT NULL"),
        ddl.AppendOnly(
            "erasures_erasure", fixed=("account_id", "id", "programme_id", "asked_at", "asked_by", "due_at")
        ),
            ],
        ),
    ]
