import guerdon.kit.fields
from guerdon.kit import ddl
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [('members', '0001_initial'), ('activities', '0001_initial')]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
        migrations.CreateModel(
            name='Voucher',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('voucher', models.TextField()),
                ('code', models.TextField()),
                ('version', models.BigIntegerField()),
                ('rule', models.TextField(null=True)),
                ('activity_id', guerdon.kit.fields.IdField()),
                ('seq', models.BigIntegerField()),
                ('issued_at', guerdon.kit.fields.InstantField()),
                ('expires_at', guerdon.kit.fields.InstantField(null=True)),
                ('uses', models.BigIntegerField()),
                ('used', models.BigIntegerField()),
                ('withdrawn_at', guerdon.kit.fields.InstantField(null=True)),
            ],
            options={
                'db_table': 'vouchers_voucher',
            },
        ),
        migrations.CreateModel(
            name='Code',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'code', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('code', models.TextField()),
                ('voucher', models.TextField()),
                ('version', models.BigIntegerField()),
                ('account_id', guerdon.kit.fields.IdField(null=True)),
                ('voucher_id', guerdon.kit.fields.IdField(null=True)),
                ('made_at', guerdon.kit.fields.InstantField()),
                ('expires_at', guerdon.kit.fields.InstantField(null=True)),
                ('uses', models.BigIntegerField()),
                ('used', models.BigIntegerField()),
                ('withdrawn_at', guerdon.kit.fields.InstantField(null=True)),
            ],
            options={
                'db_table': 'vouchers_code',
            },
        ),
        migrations.CreateModel(
            name='Use',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('direction', models.TextField()),
                ('use_id', guerdon.kit.fields.IdField(null=True)),
                ('activity_id', guerdon.kit.fields.IdField()),
                ('seq', models.BigIntegerField()),
                ('voucher', models.TextField()),
                ('code', models.TextField()),
                ('voucher_id', guerdon.kit.fields.IdField(null=True)),
                ('off', models.BigIntegerField()),
                ('at', guerdon.kit.fields.InstantField()),
            ],
            options={
                'db_table': 'vouchers_use',
            },
        ),
        migrations.CreateModel(
            name='Pool',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'voucher', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('voucher', models.TextField()),
                ('added', models.BigIntegerField()),
                ('taken', models.BigIntegerField()),
            ],
            options={
                'db_table': 'vouchers_pool',
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'source', 'external_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('source', models.TextField()),
                ('external_id', models.TextField()),
                ('voucher', models.TextField()),
                ('codes', models.BigIntegerField()),
                ('known', models.BigIntegerField()),
                ('elsewhere', models.BigIntegerField()),
                ('made_at', guerdon.kit.fields.InstantField()),
            ],
            options={
                'db_table': 'vouchers_batch',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE vouchers_voucher (
        account_id {id} NOT NULL, id {id} NOT NULL, programme_id {id} NOT NULL,
        voucher {text} NOT NULL, code {text} NOT NULL, version {int} NOT NULL CHECK (version > 0),
        rule {text}, activity_id {id} NOT NULL, seq {int} NOT NULL, issued_at {int} NOT NULL, expires_at {int},
        uses {int} NOT NULL CHECK (uses > 0), used {int} NOT NULL CHECK (used >= 0), withdrawn_at {int},
        PRIMARY KEY (account_id, id),
        CHECK (used <= uses),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id)
    ){tail}
        """),
        ddl.Run(
            "CREATE INDEX vouchers_voucher_unused ON vouchers_voucher (account_id, voucher)"
            " WHERE used < uses AND withdrawn_at IS NULL"
        ),
        ddl.Run("""
    CREATE TABLE vouchers_code (
        programme_id {id} NOT NULL, code {text} NOT NULL, voucher {text} NOT NULL,
        version {int} NOT NULL CHECK (version > 0), account_id {id}, voucher_id {id},
        made_at {int} NOT NULL, expires_at {int},
        uses {int} NOT NULL CHECK (uses > 0), used {int} NOT NULL CHECK (used >= 0), withdrawn_at {int},
        PRIMARY KEY (programme_id, code),
        CHECK (used <= uses),
        CHECK ((account_id IS NULL) = (voucher_id IS NULL)),
        CHECK (used = 0 OR account_id IS NULL)
    ){tail}
        """),
        ddl.Run(
            "CREATE INDEX vouchers_code_free ON vouchers_code (programme_id, voucher, code)"
            " WHERE account_id IS NULL AND withdrawn_at IS NULL"
        ),
        ddl.Run("""
    CREATE TABLE vouchers_use (
        account_id {id} NOT NULL, id {id} NOT NULL, programme_id {id} NOT NULL,
        direction {text} NOT NULL CHECK (direction IN ('use', 'back')), use_id {id},
        activity_id {id} NOT NULL, seq {int} NOT NULL, voucher {text} NOT NULL, code {text} NOT NULL,
        voucher_id {id}, off {int} NOT NULL CHECK (off >= 0), at {int} NOT NULL,
        PRIMARY KEY (account_id, id),
        CHECK ((direction = 'back') = (use_id IS NOT NULL)),
        FOREIGN KEY (account_id, use_id) REFERENCES vouchers_use (account_id, id),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id)
    ){tail}
        """),
        ddl.Run("CREATE UNIQUE INDEX vouchers_use_once ON vouchers_use (account_id, use_id) WHERE use_id IS NOT NULL"),
        ddl.Run("CREATE INDEX vouchers_use_activity ON vouchers_use (account_id, activity_id)"),
        ddl.Run("CREATE INDEX vouchers_use_code ON vouchers_use (programme_id, code, seq, id)"),
        ddl.Run("""
    CREATE TABLE vouchers_pool (
        programme_id {id} NOT NULL, voucher {text} NOT NULL,
        added {int} NOT NULL CHECK (added >= 0), taken {int} NOT NULL CHECK (taken >= 0),
        PRIMARY KEY (programme_id, voucher),
        CHECK (taken <= added)
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE vouchers_batch (
        programme_id {id} NOT NULL, source {text} NOT NULL, external_id {text} NOT NULL, voucher {text} NOT NULL,
        codes {int} NOT NULL CHECK (codes >= 0), known {int} NOT NULL CHECK (known >= 0),
        elsewhere {int} NOT NULL CHECK (elsewhere >= 0), made_at {int} NOT NULL,
        PRIMARY KEY (programme_id, source, external_id)
    ){tail}
        """),
        ddl.AppendOnly(
            "vouchers_voucher",
            fixed=(
                "account_id", "id", "programme_id", "voucher", "code", "version", "rule", "activity_id", "seq",
                "issued_at", "expires_at", "uses",
            ),
        ),
        ddl.AppendOnly(
            "vouchers_code",
            fixed=("programme_id", "code", "voucher", "made_at", "uses"),
        ),
        ddl.AppendOnly("vouchers_use"),
        ddl.AppendOnly("vouchers_batch"),
            ],
        ),
    ]
