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
            name='Closing',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'month', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('month', models.TextField()),
                ('start', guerdon.kit.fields.InstantField()),
                ('until', guerdon.kit.fields.InstantField()),
                ('seq', models.BigIntegerField()),
                ('closed_at', guerdon.kit.fields.InstantField()),
                ('closed_by', models.TextField()),
            ],
            options={
                'db_table': 'closings_closing',
            },
        ),
        migrations.CreateModel(
            name='Figures',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'month', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('month', models.TextField()),
                ('counted_at', guerdon.kit.fields.InstantField()),
                ('sums', models.TextField()),
            ],
            options={
                'db_table': 'closings_figures',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE closings_closing (
        programme_id {id} NOT NULL REFERENCES programmes_programme (id), month {text} NOT NULL,
        start {int} NOT NULL, until {int} NOT NULL CHECK (until > start), seq {int} NOT NULL CHECK (seq >= 0),
        closed_at {int} NOT NULL, closed_by {text} NOT NULL,
        PRIMARY KEY (programme_id, month),
        UNIQUE (programme_id, until)
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE closings_figures (
        programme_id {id} NOT NULL, month {text} NOT NULL, counted_at {int} NOT NULL, sums {text} NOT NULL,
        PRIMARY KEY (programme_id, month),
        FOREIGN KEY (programme_id, month) REFERENCES closings_closing (programme_id, month)
    ){tail}
        """),
        ddl.AppendOnly("closings_closing"),
        ddl.AppendOnly("closings_figures"),
            ],
        ),
    ]
