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
            name='Claim',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('kind', models.TextField()),
                ('state', models.TextField()),
                ('priority', models.BigIntegerField()),
                ('answer_hours', models.BigIntegerField()),
                ('opened_at', guerdon.kit.fields.InstantField()),
                ('opened_by', models.TextField()),
                ('due_at', guerdon.kit.fields.InstantField()),
                ('receipt', models.TextField(null=True)),
                ('assigned_to', models.TextField(null=True)),
                ('answered_at', guerdon.kit.fields.InstantField(null=True)),
                ('settled_at', guerdon.kit.fields.InstantField(null=True)),
                ('reopened', models.BigIntegerField()),
                ('rejected', models.BigIntegerField()),
                ('steps', models.BigIntegerField()),
                ('entry_id', guerdon.kit.fields.IdField(null=True)),
            ],
            options={
                'db_table': 'claims_claim',
            },
        ),
        migrations.CreateModel(
            name='Key',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'claim_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('claim_id', guerdon.kit.fields.IdField()),
                ('wrapped_key', models.TextField()),
            ],
            options={
                'db_table': 'claims_key',
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'claim_id', 'hash', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('claim_id', guerdon.kit.fields.IdField()),
                ('hash', models.TextField()),
                ('number', models.BigIntegerField()),
                ('media_type', models.TextField()),
                ('sealed', models.TextField()),
            ],
            options={
                'db_table': 'claims_photo',
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('claim_id', guerdon.kit.fields.IdField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('number', models.BigIntegerField()),
                ('deed', models.TextField()),
                ('state', models.TextField()),
                ('at', guerdon.kit.fields.InstantField()),
                ('actor', models.TextField()),
                ('actor_id', models.TextField()),
                ('reason', models.TextField()),
                ('entry_id', guerdon.kit.fields.IdField(null=True)),
            ],
            options={
                'db_table': 'claims_step',
            },
        ),
        migrations.CreateModel(
            name='Text',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'claim_id', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('claim_id', guerdon.kit.fields.IdField()),
                ('number', models.BigIntegerField()),
                ('sealed', models.TextField()),
            ],
            options={
                'db_table': 'claims_text',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE claims_claim (
        account_id {id} NOT NULL, id {id} NOT NULL, programme_id {id} NOT NULL,
        kind {text} NOT NULL CHECK (kind IN ('missing_points', 'question', 'complaint')),
        state {text} NOT NULL CHECK (state IN ('open', 'waiting_for_us', 'waiting_for_member', 'waiting_for_approval',
            'granted', 'refused', 'closed', 'withdrawn')),
        priority {int} NOT NULL CHECK (priority > 0), answer_hours {int} NOT NULL CHECK (answer_hours > 0),
        opened_at {int} NOT NULL, opened_by {text} NOT NULL, due_at {int} NOT NULL, receipt {text},
        assigned_to {text}, answered_at {int}, settled_at {int},
        reopened {int} NOT NULL CHECK (reopened BETWEEN 0 AND 1), rejected {int} NOT NULL, steps {int} NOT NULL CHECK (steps > 0), entry_id {id},
        PRIMARY KEY (account_id, id),
        CHECK ((state IN ('granted', 'refused', 'closed', 'withdrawn')) = (settled_at IS NOT NULL)),
        CHECK (entry_id IS NOT NULL OR state NOT IN ('granted', 'waiting_for_approval')),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id)
    ){heap}
        """),
        ddl.Run("CREATE INDEX claims_claim_id ON claims_claim (programme_id, id)"),
        ddl.Run("CREATE INDEX claims_claim_states ON claims_claim (programme_id, state, due_at, id)"),
        ddl.Run("""
    CREATE INDEX claims_claim_queue ON claims_claim (programme_id, due_at, id) WHERE state IN ('open', 'waiting_for_us')
        """),
        ddl.Run("""
    CREATE INDEX claims_claim_priorities ON claims_claim (programme_id, priority, due_at, id)
        WHERE state IN ('open', 'waiting_for_us')
        """),
        ddl.Run("""
    CREATE INDEX claims_claim_receipts ON claims_claim (programme_id, receipt, id) WHERE receipt IS NOT NULL
        """),
        ddl.Run("CREATE INDEX claims_claim_opened ON claims_claim (account_id, opened_at)"),
        ddl.AppendOnly("claims_claim", fixed=(
            "account_id", "id", "programme_id", "kind", "priority", "answer_hours", "opened_at", "opened_by", "receipt",
        )),
        ddl.Run("""
    CREATE TABLE claims_step (
        account_id {id} NOT NULL, id {id} NOT NULL, claim_id {id} NOT NULL, programme_id {id} NOT NULL,
        number {int} NOT NULL CHECK (number > 0), deed {text} NOT NULL, state {text} NOT NULL, at {int} NOT NULL,
        actor {text} NOT NULL, actor_id {text} NOT NULL, reason {text} NOT NULL, entry_id {id},
        PRIMARY KEY (account_id, id),
        UNIQUE (account_id, claim_id, number),
        CHECK (deed <> 'refuse' OR reason <> ''),
        FOREIGN KEY (account_id, claim_id) REFERENCES claims_claim (account_id, id)
    ){heap}
        """),
        ddl.AppendOnly("claims_step"),
        ddl.Run("""
    CREATE TABLE claims_text (
        account_id {id} NOT NULL, claim_id {id} NOT NULL, number {int} NOT NULL, sealed {text} NOT NULL,
        PRIMARY KEY (account_id, claim_id, number),
        FOREIGN KEY (account_id, claim_id, number) REFERENCES claims_step (account_id, claim_id, number)
    ){heap}
        """),
        ddl.AppendOnly("claims_text"),
        ddl.Run("""
    CREATE TABLE claims_photo (
        account_id {id} NOT NULL, claim_id {id} NOT NULL, hash {text} NOT NULL, number {int} NOT NULL,
        media_type {text} NOT NULL, sealed {text} NOT NULL,
        PRIMARY KEY (account_id, claim_id, hash),
        FOREIGN KEY (account_id, claim_id, number) REFERENCES claims_step (account_id, claim_id, number)
    ){heap}
        """),
        ddl.Run("""
    CREATE TABLE claims_key (
        account_id {id} NOT NULL, claim_id {id} NOT NULL, wrapped_key {text} NOT NULL,
        PRIMARY KEY (account_id, claim_id),
        FOREIGN KEY (account_id, claim_id) REFERENCES claims_claim (account_id, id)
    ){heap}
        """),
            ],
        ),
    ]
