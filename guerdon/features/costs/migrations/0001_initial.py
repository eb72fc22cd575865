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
            name='Entry',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('kind', models.TextField()),
                ('amount', models.BigIntegerField()),
                ('currency', models.TextField()),
                ('first', models.BigIntegerField()),
                ('until', models.BigIntegerField()),
                ('rule', models.TextField()),
                ('store', models.TextField()),
                ('note', models.TextField()),
                ('told_at', guerdon.kit.fields.InstantField()),
                ('told_by', models.TextField()),
            ],
            options={
                'db_table': 'costs_entry',
            },
        ),
        migrations.CreateModel(
            name='Reversal',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'entry_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('entry_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('why', models.TextField()),
                ('told_at', guerdon.kit.fields.InstantField()),
                ('told_by', models.TextField()),
            ],
            options={
                'db_table': 'costs_reversal',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE costs_entry (
        programme_id {id} NOT NULL REFERENCES programmes_programme (id), id {id} NOT NULL,
        kind {text} NOT NULL CHECK (kind IN (
            'rewards', 'communication', 'technology', 'staff', 'media', 'agency', 'materials', 'partners', 'fees',
            'other', 'funding', 'income'
        )),
        amount {int} NOT NULL CHECK (amount BETWEEN 1 AND 10000000000000),
        currency {text} NOT NULL CHECK (length(currency) = 3),
        first {int} NOT NULL, until {int} NOT NULL,
        rule {text} NOT NULL, store {text} NOT NULL, note {text} NOT NULL CHECK (note <> ''),
        told_at {int} NOT NULL, told_by {text} NOT NULL CHECK (told_by <> ''),
        PRIMARY KEY (programme_id, id),
        CHECK (first > 0 AND until > first AND until - first <= 1100)
    ){heap}
        """),
        ddl.Run("CREATE INDEX costs_entry_days ON costs_entry (programme_id, until)"),
        # An entry of the same programme is taken back, and only once; whoever takes it back says why.
        ddl.Run("""
    CREATE TABLE costs_reversal (
        programme_id {id} NOT NULL, entry_id {id} NOT NULL, id {id} NOT NULL,
        why {text} NOT NULL CHECK (why <> ''), told_at {int} NOT NULL, told_by {text} NOT NULL CHECK (told_by <> ''),
        PRIMARY KEY (programme_id, entry_id),
        UNIQUE (programme_id, id),
        CHECK (id <> entry_id),
        FOREIGN KEY (programme_id, entry_id) REFERENCES costs_entry (programme_id, id)
    ){heap}
        """),
        ddl.AppendOnly("costs_entry"),
        ddl.AppendOnly("costs_reversal"),
            ],
        ),
    ]
