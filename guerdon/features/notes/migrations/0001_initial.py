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
            name='Note',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('at', guerdon.kit.fields.InstantField()),
                ('author', models.TextField()),
                ('author_id', guerdon.kit.fields.IdField()),
                ('wrapped_key', models.TextField()),
                ('sealed', models.TextField()),
            ],
            options={
                'db_table': 'notes_note',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE notes_note (
        account_id {id} NOT NULL, id {id} NOT NULL, programme_id {id} NOT NULL, at {int} NOT NULL,
        author {text} NOT NULL, author_id {id} NOT NULL, wrapped_key {text} NOT NULL, sealed {text} NOT NULL,
        PRIMARY KEY (account_id, id),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id)
    ){tail}
        """),
            ],
        ),
    ]
