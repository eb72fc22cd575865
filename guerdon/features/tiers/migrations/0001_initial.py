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
            name='BasisDay',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'measure', 'day', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('measure', models.TextField()),
                ('day', models.BigIntegerField()),
                ('amount', models.BigIntegerField()),
            ],
            options={
                'db_table': 'tiers_basis',
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('ladder', models.TextField()),
                ('level', models.TextField()),
                ('kind', models.TextField()),
                ('since', guerdon.kit.fields.InstantField()),
                ('until', guerdon.kit.fields.InstantField()),
                ('reason', models.TextField()),
                ('actor', models.TextField()),
                ('ended_at', guerdon.kit.fields.InstantField(null=True)),
                ('seq', models.BigIntegerField()),
            ],
            options={
                'db_table': 'tiers_grant',
            },
        ),
        migrations.CreateModel(
            name='Rank',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'ladder', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('ladder', models.TextField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('number', models.BigIntegerField()),
                ('counts_from', models.BigIntegerField(null=True)),
                ('due_at', guerdon.kit.fields.InstantField(null=True)),
            ],
            options={
                'db_table': 'tiers_rank',
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'ladder', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('ladder', models.TextField()),
                ('number', models.BigIntegerField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('level', models.TextField(null=True)),
                ('since', guerdon.kit.fields.InstantField()),
                ('cause', models.TextField()),
                ('counts_from', models.BigIntegerField(null=True)),
                ('counts_until', models.BigIntegerField(null=True)),
                ('review_at', guerdon.kit.fields.InstantField(null=True)),
                ('grace_until', guerdon.kit.fields.InstantField(null=True)),
                ('seq', models.BigIntegerField()),
                ('version', models.BigIntegerField()),
            ],
            options={
                'db_table': 'tiers_step',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE tiers_basis (
        account_id {id} NOT NULL REFERENCES members_member (id), measure {text} NOT NULL, day {int} NOT NULL,
        amount {int} NOT NULL,
        PRIMARY KEY (account_id, measure, day)
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE tiers_step (
        account_id {id} NOT NULL, ladder {text} NOT NULL, number {int} NOT NULL CHECK (number > 0),
        programme_id {id} NOT NULL, level {text}, since {int} NOT NULL,
        cause {text} NOT NULL CHECK (cause IN
            ('upgrade', 'kept', 'review', 'at_risk', 'made_up', 'return', 'merge', 'unmerge')),
        counts_from {int}, counts_until {int}, review_at {int}, grace_until {int},
        seq {int} NOT NULL, version {int} NOT NULL,
        PRIMARY KEY (account_id, ladder, number),
        CHECK (counts_from < counts_until),
        CHECK ((review_at IS NULL) = (counts_from IS NULL) AND (review_at IS NULL) = (counts_until IS NULL)),
        CHECK (since < review_at),
        CHECK (since < grace_until),
        CHECK ((cause = 'at_risk') = (grace_until IS NOT NULL)),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id)
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE tiers_rank (
        account_id {id} NOT NULL, ladder {text} NOT NULL, programme_id {id} NOT NULL, number {int} NOT NULL,
        counts_from {int}, due_at {int},
        PRIMARY KEY (account_id, ladder),
        FOREIGN KEY (account_id, ladder, number) REFERENCES tiers_step (account_id, ladder, number)
    ){tail}
        """),
        ddl.Run("CREATE INDEX tiers_rank_due ON tiers_rank (programme_id, due_at, account_id) WHERE due_at IS NOT NULL"),
        ddl.Run("""
    CREATE TABLE tiers_grant (
        account_id {id} NOT NULL, id {id} NOT NULL, programme_id {id} NOT NULL, ladder {text} NOT NULL,
        level {text} NOT NULL, kind {text} NOT NULL CHECK (kind IN ('manual', 'status_match', 'invitation')),
        since {int} NOT NULL, until {int} NOT NULL, reason {text} NOT NULL CHECK (length(reason) > 0),
        actor {text} NOT NULL CHECK (length(actor) > 0), ended_at {int}, seq {int} NOT NULL,
        PRIMARY KEY (account_id, id),
        CHECK (since < until),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id)
    ){tail}
        """),
        ddl.AppendOnly("tiers_step"),
        ddl.AppendOnly(
            "tiers_grant",
            fixed=(
                "account_id", "id", "programme_id", "ladder", "level", "kind", "since", "until", "reason", "actor", "seq",
            ),
        ),
            ],
        ),
    ]
