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
            name='Segment',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'key', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('key', models.TextField()),
                ('version', models.BigIntegerField()),
            ],
            options={
                'db_table': 'segments_segment',
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'key', 'version', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('key', models.TextField()),
                ('version', models.BigIntegerField()),
                ('name', models.TextField()),
                ('condition', models.TextField(null=True)),
                ('actor', models.TextField()),
                ('why', models.TextField()),
                ('at', guerdon.kit.fields.InstantField()),
            ],
            options={
                'db_table': 'segments_version',
            },
        ),
        migrations.CreateModel(
            name='Count',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'key', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('key', models.TextField()),
                ('version', models.BigIntegerField()),
                ('members', models.BigIntegerField()),
                ('counted_at', guerdon.kit.fields.InstantField()),
            ],
            options={
                'db_table': 'segments_count',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE segments_version (
        programme_id {id} NOT NULL REFERENCES programmes_programme (id), key {text} NOT NULL,
        version {int} NOT NULL CHECK (version > 0),
        name {text} NOT NULL, condition {text}, actor {text} NOT NULL, why {text} NOT NULL, at {int} NOT NULL,
        PRIMARY KEY (programme_id, key, version)
    ){heap}
        """),
        ddl.Run("""
    CREATE TABLE segments_segment (
        programme_id {id} NOT NULL, key {text} NOT NULL, version {int} NOT NULL,
        PRIMARY KEY (programme_id, key),
        FOREIGN KEY (programme_id, key, version) REFERENCES segments_version (programme_id, key, version)
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE segments_count (
        programme_id {id} NOT NULL, key {text} NOT NULL, version {int} NOT NULL,
        members {int} NOT NULL CHECK (members >= 0), counted_at {int} NOT NULL,
        PRIMARY KEY (programme_id, key),
        FOREIGN KEY (programme_id, key, version) REFERENCES segments_version (programme_id, key, version)
    ){tail}
        """),
        ddl.AppendOnly("segments_version"),
            ],
        ),
    ]
