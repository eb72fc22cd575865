import guerdon.kit.fields
from guerdon.kit import ddl
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('title', models.TextField()),
                ('base', models.BigIntegerField()),
                ('source', models.TextField()),
                ('state', models.TextField()),
                ('revision', models.BigIntegerField()),
                ('created_at', guerdon.kit.fields.InstantField()),
                ('version', models.BigIntegerField(null=True)),
            ],
            options={
                'db_table': 'drafts_draft',
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'draft_id', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('draft_id', guerdon.kit.fields.IdField()),
                ('number', models.BigIntegerField()),
                ('verb', models.TextField()),
                ('actor', models.TextField()),
                ('actor_id', models.TextField()),
                ('at', guerdon.kit.fields.InstantField()),
                ('why', models.TextField()),
                ('base', models.BigIntegerField()),
                ('digest', models.TextField()),
                ('changes', models.TextField()),
            ],
            options={
                'db_table': 'drafts_step',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE drafts_draft (
        programme_id {id} NOT NULL REFERENCES programmes_programme (id), id {id} NOT NULL, title {text} NOT NULL,
        base {int} NOT NULL CHECK (base > 0), source {text} NOT NULL,
        state {text} NOT NULL CHECK (state IN ('open', 'in_review', 'approved', 'published', 'discarded')),
        revision {int} NOT NULL CHECK (revision > 0), created_at {int} NOT NULL, version {int},
        PRIMARY KEY (programme_id, id),
        CHECK ((version IS NULL) = (state <> 'published'))
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE drafts_step (
        programme_id {id} NOT NULL, draft_id {id} NOT NULL, number {int} NOT NULL CHECK (number > 0),
        verb {text} NOT NULL, actor {text} NOT NULL, actor_id {text} NOT NULL, at {int} NOT NULL, why {text} NOT NULL,
        base {int} NOT NULL CHECK (base > 0), digest {text} NOT NULL CHECK (length(digest) = 64),
        changes {text} NOT NULL,
        PRIMARY KEY (programme_id, draft_id, number),
        FOREIGN KEY (programme_id, draft_id) REFERENCES drafts_draft (programme_id, id)
    ){tail}
        """),
        ddl.AppendOnly("drafts_step"),
            ],
        ),
    ]
