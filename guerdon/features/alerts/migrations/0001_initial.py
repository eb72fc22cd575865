import guerdon.kit.fields
from guerdon.kit import ddl
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [('programmes', '0001_initial'), ('members', '0001_initial')]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
        migrations.CreateModel(
            name='Watermark',
            fields=[
                ('programme_id', guerdon.kit.fields.IdField(primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
                ('looked', models.BigIntegerField()),
            ],
            options={
                'db_table': 'alerts_watermark',
            },
        ),
        migrations.CreateModel(
            name='Act',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'id', 'unit', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('unit', models.TextField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('seq', models.BigIntegerField()),
                ('way', models.TextField()),
                ('giver', models.TextField()),
                ('name', models.TextField()),
                ('member_id', guerdon.kit.fields.IdField()),
                ('points', models.BigIntegerField()),
                ('at', guerdon.kit.fields.InstantField()),
                ('day', models.BigIntegerField()),
            ],
            options={
                'db_table': 'alerts_act',
            },
        ),
        migrations.CreateModel(
            name='Typed',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'slot', 'who', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('slot', models.BigIntegerField()),
                ('who', guerdon.kit.fields.IdField()),
                ('tries', models.BigIntegerField()),
                ('first_at', guerdon.kit.fields.InstantField()),
                ('last_at', guerdon.kit.fields.InstantField()),
            ],
            options={
                'db_table': 'alerts_typed',
            },
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('member_id', guerdon.kit.fields.IdField(null=True)),
                ('kind', models.TextField()),
                ('subject', models.TextField()),
                ('giver', models.TextField()),
                ('name', models.TextField()),
                ('members', models.TextField()),
                ('staff', models.TextField()),
                ('entries', models.TextField()),
                ('times', models.BigIntegerField()),
                ('points', models.TextField()),
                ('first_at', guerdon.kit.fields.InstantField()),
                ('last_at', guerdon.kit.fields.InstantField()),
                ('last_seq', models.BigIntegerField()),
                ('raised_at', guerdon.kit.fields.InstantField()),
                ('state', models.TextField()),
                ('settled_at', guerdon.kit.fields.InstantField(null=True)),
                ('settled_by', models.TextField(null=True)),
                ('reason', models.TextField(null=True)),
            ],
            options={
                'db_table': 'alerts_alert',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE alerts_watermark (
        programme_id {id} NOT NULL PRIMARY KEY REFERENCES programmes_programme (id),
        seq {int} NOT NULL CHECK (seq >= 0), looked {int} NOT NULL CHECK (looked BETWEEN 0 AND seq)
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE alerts_act (
        account_id {id} NOT NULL, id {id} NOT NULL, unit {text} NOT NULL, programme_id {id} NOT NULL,
        seq {int} NOT NULL CHECK (seq > 0),
        way {text} NOT NULL CHECK (way IN ('till', 'return', 'hand', 'gift', 'join', 'leave')),
        giver {text} NOT NULL CHECK (giver <> ''), name {text} NOT NULL, member_id {id} NOT NULL,
        points {int} NOT NULL CHECK (points >= 0), at {int} NOT NULL, day {int} NOT NULL,
        PRIMARY KEY (account_id, id, unit),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id)
    ){heap}
        """),
        # Patterns are looked for in the last days of one way of giving; what is evidence is read of one member.
        ddl.Run("CREATE INDEX alerts_act_days ON alerts_act (programme_id, way, day)"),
        # What is new since the last look, and so whom there is anything to be asked about.
        ddl.Run("CREATE INDEX alerts_act_new ON alerts_act (programme_id, way, seq, giver, member_id)"),
        ddl.Run("CREATE INDEX alerts_act_giver ON alerts_act (programme_id, way, giver, day)"),
        ddl.Run("CREATE INDEX alerts_act_member ON alerts_act (programme_id, member_id, way, seq)"),
        # A look reads and forgets what is there, slot by slot; the key is in that order.
        ddl.Run("""
    CREATE TABLE alerts_typed (
        programme_id {id} NOT NULL REFERENCES programmes_programme (id), slot {int} NOT NULL, who {id} NOT NULL,
        tries {int} NOT NULL CHECK (tries > 0), first_at {int} NOT NULL, last_at {int} NOT NULL,
        PRIMARY KEY (programme_id, slot, who),
        CHECK (first_at <= last_at)
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE alerts_alert (
        account_id {id} NOT NULL, id {id} NOT NULL, programme_id {id} NOT NULL REFERENCES programmes_programme (id),
        member_id {id}, kind {text} NOT NULL,
        subject {text} NOT NULL, giver {text} NOT NULL, name {text} NOT NULL, members {text} NOT NULL,
        staff {text} NOT NULL, entries {text} NOT NULL, times {int} NOT NULL CHECK (times > 0), points {text} NOT NULL,
        first_at {int} NOT NULL, last_at {int} NOT NULL, last_seq {int} NOT NULL, raised_at {int} NOT NULL,
        state {text} NOT NULL CHECK (state IN ('open', 'cleared', 'confirmed')),
        settled_at {int}, settled_by {text}, reason {text},
        PRIMARY KEY (account_id, id),
        UNIQUE (account_id, kind, subject, last_seq),
        CHECK (first_at <= last_at),
        CHECK ((state = 'open') = (settled_at IS NULL)),
        CHECK (state = 'open' OR (settled_by IS NOT NULL AND reason <> '')),
        CHECK ((kind = 'wrong_codes') = (member_id IS NULL)),
        CHECK (account_id = coalesce(member_id, programme_id)),
        FOREIGN KEY (programme_id, member_id) REFERENCES members_member (programme_id, id)
    ){heap}
        """),
        ddl.Run("CREATE INDEX alerts_alert_id ON alerts_alert (programme_id, id)"),
        ddl.Run("CREATE INDEX alerts_alert_states ON alerts_alert (programme_id, state, id)"),
        ddl.Run("CREATE INDEX alerts_alert_raised ON alerts_alert (programme_id, raised_at)"),
        ddl.Run("CREATE INDEX alerts_alert_open ON alerts_alert (raised_at) WHERE state = 'open'"),
        ddl.AppendOnly("alerts_alert", fixed=(
            "account_id", "id", "programme_id", "member_id", "kind", "subject", "giver", "name", "members", "staff", "entries",
            "times", "points", "first_at", "last_at", "last_seq", "raised_at",
        )),
            ],
        ),
    ]
