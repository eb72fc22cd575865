import guerdon.kit.fields
from guerdon.kit import ddl
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [('ledger', '0001_initial')]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
        migrations.CreateModel(
            name='Look',
            fields=[
                ('programme_id', guerdon.kit.fields.IdField(primary_key=True, serialize=False)),
                ('since', guerdon.kit.fields.InstantField()),
                ('as_of', guerdon.kit.fields.InstantField(null=True)),
            ],
            options={
                'db_table': 'expirations_look',
            },
        ),
        migrations.CreateModel(
            name='Month',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'unit', 'month', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('unit', models.TextField()),
                ('month', models.TextField()),
                ('points', models.BigIntegerField()),
            ],
            options={
                'db_table': 'expirations_month',
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('pk', models.CompositePrimaryKey('account_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('unit', models.TextField()),
                ('ends_at', guerdon.kit.fields.InstantField()),
                ('days', models.BigIntegerField()),
                ('points', models.BigIntegerField()),
                ('worth_amount', models.BigIntegerField(null=True)),
                ('told_at', guerdon.kit.fields.InstantField()),
            ],
            options={
                'db_table': 'expirations_reminder',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE expirations_reminder (
        account_id {id} NOT NULL, id {id} NOT NULL, programme_id {id} NOT NULL, unit {text} NOT NULL,
        ends_at {int} NOT NULL, days {int} NOT NULL CHECK (days > 0), points {int} NOT NULL CHECK (points > 0),
        worth_amount {int} CHECK (worth_amount >= 0), told_at {int} NOT NULL,
        PRIMARY KEY (account_id, id),
        UNIQUE (account_id, unit, ends_at, days),
        CHECK (told_at < ends_at),
        FOREIGN KEY (programme_id, account_id, unit) REFERENCES ledger_balance (programme_id, account_id, unit)
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE expirations_look (
        programme_id {id} NOT NULL PRIMARY KEY REFERENCES programmes_programme (id), since {int} NOT NULL,
        as_of {int}
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE expirations_month (
        programme_id {id} NOT NULL, unit {text} NOT NULL, month {text} NOT NULL,
        points {int} NOT NULL CHECK (points > 0),
        PRIMARY KEY (programme_id, unit, month),
        FOREIGN KEY (programme_id, unit) REFERENCES ledger_unit (programme_id, code)
    ){tail}
        """),
        ddl.AppendOnly("expirations_reminder"),
            ],
        ),
    ]
