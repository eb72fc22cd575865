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
            name='Look',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'hour', 'kind', 'actor_id', 'purpose', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('hour', guerdon.kit.fields.InstantField()),
                ('kind', models.TextField()),
                ('actor_id', models.TextField()),
                ('purpose', models.TextField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('name', models.TextField()),
                ('looks', models.BigIntegerField()),
                ('first_at', guerdon.kit.fields.InstantField()),
                ('last_at', guerdon.kit.fields.InstantField()),
            ],
            options={
                'db_table': 'looks_look',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE looks_look (
        account_id {id} NOT NULL, hour {int} NOT NULL, kind {text} NOT NULL CHECK (kind IN ('key', 'person', 'command')),
        actor_id {text} NOT NULL, purpose {text} NOT NULL, programme_id {id} NOT NULL, name {text} NOT NULL,
        looks {int} NOT NULL CHECK (looks > 0), first_at {int} NOT NULL, last_at {int} NOT NULL,
        PRIMARY KEY (account_id, hour, kind, actor_id, purpose),
        CHECK (hour <= first_at AND first_at <= last_at),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id)
    ){tail}
        """),
        ddl.Run("CREATE INDEX looks_look_hour ON looks_look (programme_id, hour)"),
            ],
        ),
    ]
