import guerdon.kit.fields
from guerdon.kit import ddl
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('activities', '0001_initial'),
        ('ledger', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('seq', models.BigIntegerField()),
                ('seal', models.BigIntegerField()),
                ('account_id', guerdon.kit.fields.IdField()),
                ('activity_id', guerdon.kit.fields.IdField()),
                ('hash', models.TextField()),
            ],
            options={
                'db_table': 'seals_leaf',
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('number', models.BigIntegerField()),
                ('from_seq', models.BigIntegerField()),
                ('until_seq', models.BigIntegerField()),
                ('entries', models.BigIntegerField()),
                ('root', models.TextField()),
                ('previous', models.TextField()),
                ('head', models.TextField()),
                ('sealed_at', guerdon.kit.fields.InstantField()),
            ],
            options={
                'db_table': 'seals_seal',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE seals_seal (
        programme_id {id} NOT NULL, number {int} NOT NULL CHECK (number > 0),
        from_seq {int} NOT NULL CHECK (from_seq > 0), until_seq {int} NOT NULL,
        entries {int} NOT NULL CHECK (entries >= 0),
        root {text} NOT NULL CHECK (length(root) = 64), previous {text} NOT NULL CHECK (length(previous) = 64),
        head {text} NOT NULL CHECK (length(head) = 64), sealed_at {int} NOT NULL,
        PRIMARY KEY (programme_id, number),
        UNIQUE (programme_id, until_seq),
        CHECK (until_seq >= from_seq),
        CHECK (entries <= until_seq - from_seq + 1),
        FOREIGN KEY (programme_id) REFERENCES programmes_programme (id)
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE seals_leaf (
        programme_id {id} NOT NULL, seq {int} NOT NULL, seal {int} NOT NULL,
        account_id {id} NOT NULL, activity_id {id} NOT NULL, hash {text} NOT NULL CHECK (length(hash) = 64),
        PRIMARY KEY (programme_id, seq),
        FOREIGN KEY (programme_id, seal) REFERENCES seals_seal (programme_id, number)
    ){tail}
        """),
        ddl.AppendOnly("seals_seal"),
        ddl.AppendOnly("seals_leaf"),
            ],
        ),
    ]
