import guerdon.kit.fields
from guerdon.kit import ddl
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [('members', '0001_initial'), ('rewards', '0001_initial')]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
        migrations.CreateModel(
            name='Redemption',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('person_id', guerdon.kit.fields.IdField(null=True)),
                ('reward', models.TextField()),
                ('variant', models.TextField()),
                ('version', models.BigIntegerField()),
                ('number', models.BigIntegerField()),
                ('paid', models.TextField()),
                ('money', models.BigIntegerField()),
                ('cost', models.BigIntegerField()),
                ('choices', models.TextField()),
                ('code', models.TextField()),
                ('seq', models.BigIntegerField()),
                ('made_at', guerdon.kit.fields.InstantField()),
                ('state', models.TextField()),
                ('until', guerdon.kit.fields.InstantField(null=True)),
                ('confirmed_at', guerdon.kit.fields.InstantField(null=True)),
                ('settled_at', guerdon.kit.fields.InstantField(null=True)),
                ('given', models.TextField(null=True)),
                ('till', models.TextField(null=True)),
                ('act', models.TextField(null=True)),
            ],
            options={
                'db_table': 'redemptions_redemption',
            },
        ),
        migrations.CreateModel(
            name='Code',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'code', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('code', models.TextField()),
                ('account_id', guerdon.kit.fields.IdField()),
                ('redemption_id', guerdon.kit.fields.IdField()),
            ],
            options={
                'db_table': 'redemptions_code',
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'redemption_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('redemption_id', guerdon.kit.fields.IdField()),
                ('wrapped_key', models.TextField()),
                ('sealed', models.TextField()),
            ],
            options={
                'db_table': 'redemptions_delivery',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE redemptions_redemption (
        account_id {id} NOT NULL, id {id} NOT NULL, programme_id {id} NOT NULL, person_id {id},
        reward {text} NOT NULL, variant {text} NOT NULL, version {int} NOT NULL CHECK (version > 0),
        number {int} NOT NULL CHECK (number >= 0), paid {text} NOT NULL, money {int} NOT NULL CHECK (money >= 0),
        cost {int} NOT NULL CHECK (cost >= 0), choices {text} NOT NULL, code {text} NOT NULL,
        seq {int} NOT NULL CHECK (seq > 0), made_at {int} NOT NULL,
        state {text} NOT NULL CHECK (state IN ('reserved', 'confirmed', 'fulfilled', 'cancelled', 'expired')),
        until {int}, confirmed_at {int}, settled_at {int}, given {text}, till {text}, act {text},
        PRIMARY KEY (account_id, id),
        CHECK (state <> 'reserved' OR (confirmed_at IS NULL AND until IS NOT NULL)),
        CHECK (state NOT IN ('confirmed', 'fulfilled') OR confirmed_at IS NOT NULL),
        CHECK ((state IN ('reserved', 'confirmed')) = (settled_at IS NULL)),
        CHECK (given IS NULL OR (confirmed_at IS NOT NULL AND state IN ('fulfilled', 'cancelled'))),
        CHECK ((till IS NULL) = (act IS NULL) AND (till IS NULL OR state IN ('fulfilled', 'cancelled'))),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id),
        FOREIGN KEY (programme_id, reward, variant) REFERENCES rewards_stock (programme_id, reward, variant)
    ){heap}
        """),
        ddl.Run("CREATE INDEX redemptions_redemption_had ON redemptions_redemption (account_id, reward, made_at)"),
        ddl.Run(
            "CREATE INDEX redemptions_redemption_queue ON redemptions_redemption (programme_id, state, made_at, id)"
        ),
        ddl.Run(
            "CREATE INDEX redemptions_redemption_reward ON redemptions_redemption (programme_id, reward, made_at, id)"
        ),
        ddl.Run(
            "CREATE INDEX redemptions_redemption_due ON redemptions_redemption (programme_id, until)"
            " WHERE state IN ('reserved', 'confirmed')"
        ),
        ddl.Run(
            "CREATE INDEX redemptions_redemption_till ON redemptions_redemption (programme_id, till, act)"
            " WHERE till IS NOT NULL"
        ),
        ddl.Run("""
    CREATE TABLE redemptions_code (
        programme_id {id} NOT NULL, code {text} NOT NULL CHECK (length(code) = 13), account_id {id} NOT NULL,
        redemption_id {id} NOT NULL,
        PRIMARY KEY (programme_id, code)
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE redemptions_delivery (
        account_id {id} NOT NULL, redemption_id {id} NOT NULL, wrapped_key {text} NOT NULL, sealed {text} NOT NULL,
        PRIMARY KEY (account_id, redemption_id),
        FOREIGN KEY (account_id, redemption_id) REFERENCES redemptions_redemption (account_id, id)
    ){heap}
        """),
        ddl.AppendOnly(
            "redemptions_redemption",
            fixed=(
                "account_id", "id", "programme_id", "person_id", "reward", "variant", "version", "number", "paid",
                "money", "cost", "choices", "code", "seq", "made_at",
            ),
        ),
        ddl.AppendOnly("redemptions_code"),
            ],
        ),
    ]
