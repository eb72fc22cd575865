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
            name='Belonging',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('person_id', guerdon.kit.fields.IdField()),
                ('role', models.TextField()),
                ('since', guerdon.kit.fields.InstantField()),
                ('joined_seq', models.BigIntegerField()),
                ('joined_entry', guerdon.kit.fields.IdField()),
                ('actor', models.TextField()),
                ('memory', models.TextField()),
                ('until', guerdon.kit.fields.InstantField(null=True)),
                ('how', models.TextField(null=True)),
                ('left_seq', models.BigIntegerField(null=True)),
                ('left_entry', guerdon.kit.fields.IdField(null=True)),
                ('ended_by', models.TextField(null=True)),
                ('parting', models.TextField(null=True)),
            ],
            options={
                'db_table': 'households_belonging',
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('person_id', guerdon.kit.fields.IdField()),
                ('role', models.TextField()),
                ('invited_by', guerdon.kit.fields.IdField()),
                ('state', models.TextField()),
                ('made_at', guerdon.kit.fields.InstantField()),
                ('until', guerdon.kit.fields.InstantField()),
                ('settled_at', guerdon.kit.fields.InstantField(null=True)),
            ],
            options={
                'db_table': 'households_invitation',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE households_belonging (
        account_id {id} NOT NULL, id {id} NOT NULL, programme_id {id} NOT NULL, person_id {id} NOT NULL,
        role {text} NOT NULL CHECK (role IN ('owner', 'adult', 'child')),
        since {int} NOT NULL, joined_seq {int} NOT NULL CHECK (joined_seq > 0), joined_entry {id} NOT NULL,
        actor {text} NOT NULL, memory {text} NOT NULL,
        until {int}, how {text} CHECK (how IN ('stay', 'take', 'all', 'role')), left_seq {int}, left_entry {id},
        ended_by {text}, parting {text},
        PRIMARY KEY (account_id, id),
        CHECK (account_id <> person_id),
        CHECK (until >= since),
        CHECK ((until IS NULL) = (how IS NULL) AND (until IS NULL) = (ended_by IS NULL)),
        CHECK ((left_seq IS NULL) = (how IS NULL OR how = 'role')),
        CHECK ((left_seq IS NULL) = (left_entry IS NULL) AND (left_seq IS NULL) = (parting IS NULL)),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id),
        FOREIGN KEY (programme_id, person_id) REFERENCES members_member (programme_id, id)
    ){tail}
        """),
        ddl.Run("""
    CREATE UNIQUE INDEX households_belonging_open ON households_belonging (account_id, person_id) WHERE until IS NULL
        """),
        ddl.Run("""
    CREATE UNIQUE INDEX households_belonging_owner ON households_belonging (account_id)
        WHERE until IS NULL AND role = 'owner'
        """),
        ddl.Run("CREATE INDEX households_belonging_person ON households_belonging (person_id, id)"),
        ddl.Run("CREATE INDEX households_belonging_id ON households_belonging (id)"),
        ddl.Run("""
    CREATE TABLE households_invitation (
        account_id {id} NOT NULL, id {id} NOT NULL, programme_id {id} NOT NULL, person_id {id} NOT NULL,
        role {text} NOT NULL CHECK (role IN ('adult', 'child')), invited_by {id} NOT NULL,
        state {text} NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn', 'lapsed')),
        made_at {int} NOT NULL, until {int} NOT NULL CHECK (until > made_at), settled_at {int},
        PRIMARY KEY (account_id, id),
        CHECK ((state = 'open') = (settled_at IS NULL)),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id),
        FOREIGN KEY (programme_id, person_id) REFERENCES members_member (programme_id, id)
    ){tail}
        """),
        ddl.Run("""
    CREATE UNIQUE INDEX households_invitation_open ON households_invitation (account_id, person_id)
        WHERE state = 'open'
        """),
        ddl.Run("""
    CREATE INDEX households_invitation_waiting ON households_invitation (person_id, id) WHERE state = 'open'
        """),
        ddl.Run("CREATE INDEX households_invitation_id ON households_invitation (id)"),
        ddl.Run("CREATE INDEX households_invitation_person ON households_invitation (person_id, id)"),
        ddl.AppendOnly(
            "households_belonging",
            fixed=(
                "account_id", "id", "programme_id", "person_id", "role", "since", "joined_seq", "joined_entry",
                "actor", "memory",
            ),
        ),
        ddl.AppendOnly(
            "households_invitation",
            fixed=(
                "account_id", "id", "programme_id", "person_id", "role", "invited_by", "made_at", "until",
            ),
        ),
            ],
        ),
    ]
