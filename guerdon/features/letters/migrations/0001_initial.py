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
            name='Letter',
            fields=[
                ('id', guerdon.kit.fields.IdField(primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('member_id', guerdon.kit.fields.IdField(null=True)),
                ('kind', models.TextField()),
                ('cause', models.TextField()),
                ('state', models.TextField()),
                ('fault', models.TextField(null=True)),
                ('code', models.BigIntegerField(null=True)),
                ('attempts', models.BigIntegerField()),
                ('made_at', guerdon.kit.fields.InstantField()),
                ('due_at', guerdon.kit.fields.InstantField()),
                ('until', guerdon.kit.fields.InstantField(null=True)),
                ('settled_at', guerdon.kit.fields.InstantField(null=True)),
                ('wrapped_key', models.TextField(null=True)),
                ('sealed', models.TextField(null=True)),
            ],
            options={
                'db_table': 'letters_letter',
            },
        ),
        migrations.CreateModel(
            name='Stop',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'kind', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('kind', models.TextField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('since', guerdon.kit.fields.InstantField()),
                ('actor', models.TextField()),
            ],
            options={
                'db_table': 'letters_stop',
            },
        ),
        migrations.CreateModel(
            name='Seen',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'name', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('name', models.TextField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('at', guerdon.kit.fields.InstantField()),
            ],
            options={
                'db_table': 'letters_seen',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE letters_letter (
        id {id} NOT NULL PRIMARY KEY, programme_id {id} NOT NULL REFERENCES programmes_programme (id),
        member_id {id},
        kind {text} NOT NULL
            CHECK (kind IN ('sign_in', 'invitation', 'notice', 'redemption', 'expiring', 'tier', 'statement', 'news')),
        cause {text} NOT NULL,
        state {text} NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'dropped')),
        fault {text}, code {int}, attempts {int} NOT NULL CHECK (attempts >= 0), made_at {int} NOT NULL,
        due_at {int} NOT NULL, until {int}, settled_at {int}, wrapped_key {text}, sealed {text},
        UNIQUE (programme_id, cause),
        CHECK ((state = 'waiting') = (settled_at IS NULL)),
        CHECK ((state IN ('waiting', 'failed')) = (sealed IS NOT NULL)),
        CHECK ((sealed IS NULL) = (wrapped_key IS NULL)),
        FOREIGN KEY (programme_id, member_id) REFERENCES members_member (programme_id, id)
    ){heap}
        """),
        ddl.Run("CREATE INDEX letters_letter_programme ON letters_letter (programme_id, state, id)"),
        ddl.Run("CREATE INDEX letters_letter_due ON letters_letter (due_at, id) WHERE state = 'waiting'"),
        ddl.Run("CREATE INDEX letters_letter_settled ON letters_letter (settled_at) WHERE state <> 'waiting'"),
        ddl.Run("CREATE INDEX letters_letter_member ON letters_letter (member_id, id)"),
        ddl.Run("""
    CREATE TABLE letters_stop (
        account_id {id} NOT NULL, kind {text} NOT NULL CHECK (kind IN ('expiring', 'tier', 'statement', 'news')),
        programme_id {id} NOT NULL, since {int} NOT NULL, actor {text} NOT NULL,
        PRIMARY KEY (account_id, kind),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id)
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE letters_seen (
        account_id {id} NOT NULL, name {text} NOT NULL, programme_id {id} NOT NULL, at {int} NOT NULL,
        PRIMARY KEY (account_id, name),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id)
    ){heap}
        """),
            ],
        ),
    ]
