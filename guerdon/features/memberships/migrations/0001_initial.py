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
            name='Event',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'provider', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('provider', models.TextField()),
                ('id', models.TextField()),
                ('kind', models.TextField()),
                ('about', models.TextField()),
                ('told', models.TextField()),
                ('created_at', guerdon.kit.fields.InstantField()),
                ('received_at', guerdon.kit.fields.InstantField()),
                ('state', models.TextField()),
                ('done_by', models.TextField(null=True)),
                ('done_at', guerdon.kit.fields.InstantField(null=True)),
            ],
            options={
                'db_table': 'memberships_event',
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('plan', models.TextField()),
                ('terms', models.TextField()),
                ('method', models.TextField()),
                ('asked_at', guerdon.kit.fields.InstantField()),
                ('seq', models.BigIntegerField()),
                ('anchor', models.BigIntegerField(null=True)),
                ('base', models.BigIntegerField()),
                ('paused_at', guerdon.kit.fields.InstantField(null=True)),
                ('cancelled_at', guerdon.kit.fields.InstantField(null=True)),
                ('ends_at', guerdon.kit.fields.InstantField(null=True)),
                ('ended', models.BigIntegerField()),
                ('next', models.TextField(null=True)),
                ('asked', models.BigIntegerField()),
                ('steps', models.BigIntegerField()),
                ('refunded_at', guerdon.kit.fields.InstantField(null=True)),
                ('subscription', models.TextField(null=True)),
                ('due_at', guerdon.kit.fields.InstantField(null=True)),
            ],
            options={
                'db_table': 'memberships_membership',
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('membership_id', guerdon.kit.fields.IdField()),
                ('number', models.BigIntegerField()),
                ('purpose', models.TextField()),
                ('terms', models.TextField()),
                ('amount', models.BigIntegerField()),
                ('method', models.TextField()),
                ('state', models.TextField()),
                ('asked_at', guerdon.kit.fields.InstantField()),
                ('seq', models.BigIntegerField()),
                ('settled_at', guerdon.kit.fields.InstantField(null=True)),
                ('reference', models.TextField()),
                ('refunded', models.BigIntegerField()),
                ('attempts', models.BigIntegerField()),
                ('paid_by', models.TextField(null=True)),
                ('url', models.TextField(null=True)),
                ('returned', models.BigIntegerField(default=0)),
                ('sending', models.BigIntegerField(default=0)),
                ('plans', models.BigIntegerField()),
                ('plan_at', guerdon.kit.fields.InstantField()),
            ],
            options={
                'db_table': 'memberships_payment',
            },
        ),
        migrations.CreateModel(
            name='Period',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'membership_id', 'place', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('membership_id', guerdon.kit.fields.IdField()),
                ('place', models.BigIntegerField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('kind', models.TextField()),
                ('number', models.BigIntegerField()),
                ('plan', models.TextField()),
                ('start', guerdon.kit.fields.InstantField()),
                ('until', guerdon.kit.fields.InstantField(null=True)),
                ('value', models.BigIntegerField()),
                ('payment_id', guerdon.kit.fields.IdField(null=True)),
                ('cut', guerdon.kit.fields.InstantField(null=True)),
                ('seq', models.BigIntegerField()),
            ],
            options={
                'db_table': 'memberships_period',
            },
        ),
        migrations.CreateModel(
            name='Reference',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'provider', 'kind', 'value', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('provider', models.TextField()),
                ('kind', models.TextField()),
                ('value', models.TextField()),
                ('account_id', guerdon.kit.fields.IdField()),
                ('membership_id', guerdon.kit.fields.IdField()),
                ('payment_id', guerdon.kit.fields.IdField(null=True)),
            ],
            options={
                'db_table': 'memberships_reference',
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'provider', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('provider', models.TextField()),
                ('id', models.TextField()),
                ('account_id', guerdon.kit.fields.IdField()),
                ('membership_id', guerdon.kit.fields.IdField()),
                ('told', models.TextField()),
            ],
            options={
                'db_table': 'memberships_subscription',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE memberships_membership (
        account_id {id} NOT NULL, id {id} NOT NULL, programme_id {id} NOT NULL, plan {text} NOT NULL,
        terms {text} NOT NULL, method {text} NOT NULL CHECK (method IN ('invoice', 'stripe')),
        asked_at {int} NOT NULL, seq {int} NOT NULL CHECK (seq > 0), anchor {int},
        base {int} NOT NULL CHECK (base >= 0), paused_at {int}, cancelled_at {int}, ends_at {int},
        ended {int} NOT NULL CHECK (ended IN (0, 1)), next {text}, asked {int} NOT NULL CHECK (asked >= 0),
        steps {int} NOT NULL CHECK (steps > 0), refunded_at {int}, subscription {text}, due_at {int},
        PRIMARY KEY (account_id, id),
        CHECK (ended = 0 OR ends_at IS NOT NULL),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id)
    ){heap}
        """),
        ddl.Run(
            "CREATE INDEX memberships_due ON memberships_membership (programme_id, due_at, account_id)"
            " WHERE due_at IS NOT NULL"
        ),
        ddl.Run("""
    CREATE TABLE memberships_period (
        account_id {id} NOT NULL, membership_id {id} NOT NULL, place {int} NOT NULL CHECK (place > 0),
        programme_id {id} NOT NULL, kind {text} NOT NULL CHECK (kind IN ('trial', 'period', 'rest')),
        number {int} NOT NULL CHECK (number >= 0), plan {text} NOT NULL, start {int} NOT NULL, until {int},
        value {int} NOT NULL CHECK (value >= 0), payment_id {id}, cut {int}, seq {int} NOT NULL,
        PRIMARY KEY (account_id, membership_id, place),
        CHECK (until > start),
        CHECK (cut >= start),
        CHECK (cut <= until),
        CHECK ((kind = 'trial') = (number = 0)),
        FOREIGN KEY (account_id, membership_id) REFERENCES memberships_membership (account_id, id)
    ){tail}
        """),
        ddl.Run(
            "CREATE UNIQUE INDEX memberships_period_once ON memberships_period (account_id, membership_id, number)"
            " WHERE kind = 'period'"
        ),
        ddl.Run("""
    CREATE TABLE memberships_payment (
        account_id {id} NOT NULL, id {id} NOT NULL, programme_id {id} NOT NULL, membership_id {id} NOT NULL,
        number {int} NOT NULL CHECK (number > 0),
        purpose {text} NOT NULL CHECK (purpose IN ('first', 'renewal', 'change', 'stray')), terms {text} NOT NULL,
        amount {int} NOT NULL CHECK (amount > 0),
        method {text} NOT NULL CHECK (method IN ('invoice', 'stripe')),
        state {text} NOT NULL CHECK (state IN ('asked', 'paid', 'failed', 'withdrawn', 'refunding', 'refunded')),
        asked_at {int} NOT NULL, seq {int} NOT NULL, settled_at {int}, reference {text} NOT NULL,
        refunded {int} NOT NULL CHECK (refunded >= 0), attempts {int} NOT NULL CHECK (attempts >= 0),
        paid_by {text} CHECK (paid_by IN ('invoice', 'stripe')), url {text},
        returned {int} NOT NULL DEFAULT 0 CHECK (returned >= 0),
        sending {int} NOT NULL DEFAULT 0 CHECK (sending >= 0),
        plans {int} NOT NULL CHECK (plans >= 0), plan_at {int} NOT NULL,
        PRIMARY KEY (account_id, id),
        CHECK (refunded <= amount),
        CHECK (returned <= refunded),
        CHECK (paid_by <> 'stripe' OR (state = 'refunding') = (returned < refunded)),
        CHECK (sending <= refunded),
        CHECK (sending = 0 OR state = 'refunding'),
        CHECK ((state IN ('paid', 'refunding', 'refunded')) = (paid_by IS NOT NULL)),
        CHECK (state <> 'refunding' OR paid_by = 'stripe'),
        FOREIGN KEY (account_id, membership_id) REFERENCES memberships_membership (account_id, id)
    ){heap}
        """),
        ddl.Run(
            "CREATE UNIQUE INDEX memberships_payment_once ON memberships_payment (account_id, membership_id, number)"
            " WHERE state IN ('asked', 'paid')"
        ),
        ddl.Run(
            "CREATE UNIQUE INDEX memberships_payment_money ON memberships_payment (account_id, reference)"
            " WHERE paid_by = 'stripe'"
        ),
        ddl.Run(
            "CREATE INDEX memberships_payment_out ON memberships_payment (plan_at, id)"
            " WHERE method = 'stripe' AND (state = 'refunding' OR (state IN ('asked', 'failed') AND url IS NULL)"
            " OR (state NOT IN ('asked', 'failed') AND url IS NOT NULL))"
        ),
        ddl.Run("""
    CREATE TABLE memberships_subscription (
        programme_id {id} NOT NULL, provider {text} NOT NULL, id {text} NOT NULL, account_id {id} NOT NULL,
        membership_id {id} NOT NULL,
        told {text} NOT NULL CHECK (told IN ('active', 'ending', 'paused', 'cancelled')),
        PRIMARY KEY (programme_id, provider, id)
    ){tail}
        """),
        ddl.Run("CREATE INDEX memberships_subscription_open ON memberships_subscription (id) WHERE told <> 'cancelled'"),
        ddl.Run("""
    CREATE TABLE memberships_reference (
        programme_id {id} NOT NULL, provider {text} NOT NULL, kind {text} NOT NULL, value {text} NOT NULL,
        account_id {id} NOT NULL, membership_id {id} NOT NULL, payment_id {id},
        PRIMARY KEY (programme_id, provider, kind, value)
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE memberships_event (
        programme_id {id} NOT NULL, provider {text} NOT NULL, id {text} NOT NULL, kind {text} NOT NULL,
        about {text} NOT NULL, told {text} NOT NULL, created_at {int} NOT NULL, received_at {int} NOT NULL,
        state {text} NOT NULL CHECK (state IN ('applied', 'waiting', 'ignored', 'refused', 'done')),
        done_by {text}, done_at {int},
        PRIMARY KEY (programme_id, provider, id),
        CHECK ((state = 'done') = (done_by IS NOT NULL)),
        CHECK ((state = 'done') = (done_at IS NOT NULL))
    ){heap}
        """),
        ddl.Run(
            "CREATE INDEX memberships_event_waiting ON memberships_event (programme_id, provider, about)"
            " WHERE state = 'waiting'"
        ),
        ddl.Run(
            "CREATE INDEX memberships_event_unresolved ON memberships_event (programme_id, received_at, id)"
            " WHERE state IN ('waiting', 'refused')"
        ),
        ddl.AppendOnly(
            "memberships_membership",
            fixed=("account_id", "id", "programme_id", "method", "asked_at", "seq"),
        ),
        ddl.AppendOnly(
            "memberships_period",
            fixed=(
                "account_id", "membership_id", "place", "programme_id", "kind", "number", "plan", "start", "until",
                "value", "payment_id", "seq",
            ),
        ),
        ddl.AppendOnly(
            "memberships_payment",
            fixed=(
                "account_id", "id", "programme_id", "membership_id", "number", "purpose", "terms", "amount", "method",
                "asked_at", "seq",
            ),
        ),
        ddl.AppendOnly("memberships_reference"),
            ],
        ),
    ]
