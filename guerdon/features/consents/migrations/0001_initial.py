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
            name='Consent',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('purpose', models.TextField()),
                ('given', models.BigIntegerField()),
                ('version', models.BigIntegerField()),
                ('at', guerdon.kit.fields.InstantField()),
                ('how', models.TextField()),
                ('actor', models.TextField()),
            ],
            options={
                'db_table': 'consents_consent',
            },
        ),
        migrations.CreateModel(
            name='State',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'purpose', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('purpose', models.TextField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('consent_id', guerdon.kit.fields.IdField()),
                ('given', models.BigIntegerField()),
                ('version', models.BigIntegerField()),
                ('at', guerdon.kit.fields.InstantField()),
                ('how', models.TextField()),
                ('actor', models.TextField()),
            ],
            options={
                'db_table': 'consents_state',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE consents_consent (
        account_id {id} NOT NULL, id {id} NOT NULL, programme_id {id} NOT NULL, purpose {text} NOT NULL,
        given {int} NOT NULL CHECK (given IN (0, 1)), version {int} NOT NULL CHECK (version > 0), at {int} NOT NULL,
        how {text} NOT NULL
        CHECK (how IN ('portal', 'till', 'api', 'import', 'support', 'merge', 'unmerge', 'erasure', 'lapse')),
        actor {text} NOT NULL,
        PRIMARY KEY (account_id, id),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id)
    ){heap}
        """),
        ddl.Run("""
    CREATE TABLE consents_state (
        account_id {id} NOT NULL, purpose {text} NOT NULL, programme_id {id} NOT NULL, consent_id {id} NOT NULL,
        given {int} NOT NULL CHECK (given IN (0, 1)), version {int} NOT NULL CHECK (version > 0), at {int} NOT NULL,
        how {text} NOT NULL, actor {text} NOT NULL,
        PRIMARY KEY (account_id, purpose),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id),
        FOREIGN KEY (account_id, consent_id) REFERENCES consents_consent (account_id, id)
    ){tail}
        """),
        ddl.Run(
            "CREATE INDEX consents_state_given ON consents_state (programme_id, purpose, at) WHERE given = 1"
        ),
        ddl.AppendOnly("consents_consent"),
            ],
        ),
    ]
