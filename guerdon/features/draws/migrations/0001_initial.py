import guerdon.kit.fields
from guerdon.kit import ddl
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [('programmes', '0001_initial'), ('members', '0001_initial')]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
        migrations.CreateModel(
            name='Seed',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('number', models.BigIntegerField()),
                ('hash', models.TextField()),
                ('wrapped_key', models.TextField()),
                ('sealed', models.TextField()),
                ('made_at', guerdon.kit.fields.InstantField()),
                ('secret', models.TextField(null=True)),
                ('retired_at', guerdon.kit.fields.InstantField(null=True)),
            ],
            options={
                'db_table': 'draws_seed',
            },
        ),
        migrations.CreateModel(
            name='Streak',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'reward', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('reward', models.TextField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('prize', models.TextField()),
                ('dry', models.BigIntegerField()),
                ('seq', models.BigIntegerField()),
            ],
            options={
                'db_table': 'draws_streak',
            },
        ),
        migrations.CreateModel(
            name='Switch',
            fields=[
                ('account_id', guerdon.kit.fields.IdField(primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('off_at', guerdon.kit.fields.InstantField()),
            ],
            options={
                'db_table': 'draws_switch',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE draws_seed (
        programme_id {id} NOT NULL REFERENCES programmes_programme (id), number {int} NOT NULL CHECK (number > 0),
        hash {text} NOT NULL CHECK (length(hash) = 64), wrapped_key {text} NOT NULL, sealed {text} NOT NULL,
        made_at {int} NOT NULL, secret {text} CHECK (length(secret) = 64), retired_at {int},
        PRIMARY KEY (programme_id, number),
        CHECK ((secret IS NULL) = (retired_at IS NULL))
    ){heap}
        """),
        ddl.Run("""
    CREATE TABLE draws_streak (
        account_id {id} NOT NULL REFERENCES members_member (id), reward {text} NOT NULL,
        programme_id {id} NOT NULL, prize {text} NOT NULL, dry {int} NOT NULL CHECK (dry >= 0), seq {int} NOT NULL,
        PRIMARY KEY (account_id, reward)
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE draws_switch (
        account_id {id} NOT NULL PRIMARY KEY REFERENCES members_member (id), programme_id {id} NOT NULL,
        off_at {int} NOT NULL
    ){tail}
        """),
        ddl.AppendOnly("draws_seed", fixed=("programme_id", "number", "hash", "sealed", "made_at")),
            ],
        ),
    ]
