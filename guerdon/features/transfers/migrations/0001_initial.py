import guerdon.kit.fields
from guerdon.kit import ddl
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [('members', '0001_initial'), ('ledger', '0001_initial')]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('direction', models.TextField()),
                ('other', guerdon.kit.fields.IdField()),
                ('unit', models.TextField()),
                ('points', models.BigIntegerField()),
                ('fee', models.BigIntegerField()),
                ('state', models.TextField()),
                ('seq', models.BigIntegerField()),
                ('made_at', guerdon.kit.fields.InstantField()),
                ('until', guerdon.kit.fields.InstantField(null=True)),
                ('settled_at', guerdon.kit.fields.InstantField(null=True)),
            ],
            options={
                'db_table': 'transfers_transfer',
            },
        ),
        migrations.CreateModel(
            name='CauseTotal',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'cause', 'unit', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('cause', models.TextField()),
                ('unit', models.TextField()),
                ('points', models.BigIntegerField()),
                ('donations', models.BigIntegerField()),
            ],
            options={
                'db_table': 'transfers_cause',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE transfers_transfer (
        account_id {id} NOT NULL, id {id} NOT NULL, programme_id {id} NOT NULL,
        direction {text} NOT NULL CHECK (direction IN ('out', 'in')),
        other {id} NOT NULL, unit {text} NOT NULL,
        points {int} NOT NULL CHECK (points > 0), fee {int} NOT NULL CHECK (fee >= 0),
        state {text} NOT NULL CHECK (state IN ('done', 'offered', 'accepted', 'declined', 'withdrawn')),
        seq {int} NOT NULL, made_at {int} NOT NULL, until {int}, settled_at {int},
        PRIMARY KEY (account_id, id),
        CHECK (account_id <> other),
        CHECK ((state = 'done') = (until IS NULL)),
        CHECK ((state = 'offered') = (settled_at IS NULL)),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id)
    ){tail}
        """),
        ddl.Run("""
    CREATE INDEX transfers_transfer_received ON transfers_transfer (account_id, made_at) WHERE direction = 'in'
        """),
        ddl.Run("""
    CREATE TABLE transfers_cause (
        programme_id {id} NOT NULL, cause {text} NOT NULL, unit {text} NOT NULL,
        points {int} NOT NULL CHECK (points >= 0), donations {int} NOT NULL CHECK (donations >= 0),
        PRIMARY KEY (programme_id, cause, unit),
        FOREIGN KEY (programme_id, unit) REFERENCES ledger_unit (programme_id, code)
    ){tail}
        """),
        ddl.AppendOnly(
            "transfers_transfer",
            fixed=(
                "account_id", "id", "programme_id", "direction", "other", "unit", "points", "fee", "seq", "made_at",
                "until",
            ),
        ),
            ],
        ),
    ]
