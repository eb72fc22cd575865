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
            name='Rate',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'currency', 'day', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('currency', models.TextField()),
                ('day', models.TextField()),
                ('id', guerdon.kit.fields.IdField()),
                ('home', models.BigIntegerField()),
                ('units', models.BigIntegerField()),
                ('told_at', guerdon.kit.fields.InstantField()),
                ('told_by', models.TextField()),
            ],
            options={
                'db_table': 'rates_rate',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE rates_rate (
        programme_id {id} NOT NULL REFERENCES programmes_programme (id), currency {text} NOT NULL, day {text} NOT NULL,
        id {id} NOT NULL, home {int} NOT NULL CHECK (home > 0), units {int} NOT NULL CHECK (units > 0),
        told_at {int} NOT NULL, told_by {text} NOT NULL,
        PRIMARY KEY (programme_id, currency, day, id)
    ){tail}
        """),
        ddl.AppendOnly("rates_rate"),
            ],
        ),
    ]
