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
            name='Day',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'store', 'day', 'measure', 'what', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('store', models.TextField()),
                ('day', models.BigIntegerField()),
                ('measure', models.TextField()),
                ('what', models.TextField()),
                ('amount', models.BigIntegerField()),
                ('late', models.BigIntegerField()),
            ],
            options={
                'db_table': 'figures_day',
            },
        ),
        migrations.CreateModel(
            name='Seen',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'person_id', 'day', 'store', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('person_id', guerdon.kit.fields.IdField()),
                ('day', models.BigIntegerField()),
                ('store', models.TextField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('active', models.BigIntegerField()),
                ('bought', models.BigIntegerField()),
                ('spent', models.BigIntegerField()),
            ],
            options={
                'db_table': 'figures_seen',
            },
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'store', 'day', 'measure', 'what', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('store', models.TextField()),
                ('day', models.BigIntegerField()),
                ('measure', models.TextField()),
                ('what', models.TextField()),
                ('amount', models.BigIntegerField()),
            ],
            options={
                'db_table': 'figures_standing',
            },
        ),
        migrations.CreateModel(
            name='Watermark',
            fields=[
                ('programme_id', guerdon.kit.fields.IdField(primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
                ('zone', models.TextField()),
                ('stale', models.BigIntegerField(null=True)),
                ('finished', models.BigIntegerField(null=True)),
            ],
            options={
                'db_table': 'figures_watermark',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE figures_watermark (
        programme_id {id} NOT NULL PRIMARY KEY REFERENCES programmes_programme (id),
        seq {int} NOT NULL CHECK (seq >= 0), zone {text} NOT NULL, stale {int}, finished {int}
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE figures_day (
        programme_id {id} NOT NULL REFERENCES programmes_programme (id), store {text} NOT NULL, day {int} NOT NULL,
        measure {text} NOT NULL, what {text} NOT NULL, amount {int} NOT NULL, late {int} NOT NULL,
        PRIMARY KEY (programme_id, store, day, measure, what)
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE figures_standing (
        programme_id {id} NOT NULL REFERENCES programmes_programme (id), store {text} NOT NULL, day {int} NOT NULL,
        measure {text} NOT NULL, what {text} NOT NULL, amount {int} NOT NULL,
        PRIMARY KEY (programme_id, store, day, measure, what)
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE figures_seen (
        account_id {id} NOT NULL, person_id {id} NOT NULL, day {int} NOT NULL, store {text} NOT NULL,
        programme_id {id} NOT NULL, active {int} NOT NULL CHECK (active >= 0),
        bought {int} NOT NULL CHECK (bought >= 0), spent {int} NOT NULL CHECK (spent >= 0),
        PRIMARY KEY (account_id, person_id, day, store)
    ){tail}
        """),
        # Who was seen in some days, and the days of which windows are counted.
        ddl.Run("CREATE INDEX figures_seen_day ON figures_seen (programme_id, day, store, account_id, person_id)"),
            ],
        ),
    ]
