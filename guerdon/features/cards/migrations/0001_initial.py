import guerdon.kit.fields
from guerdon.kit import ddl
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [('members', '0001_initial'), ('ledger', '0001_initial')]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
        migrations.CreateModel(
            name='Card',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'code', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('code', models.TextField()),
                ('account_id', guerdon.kit.fields.IdField()),
                ('unit', models.TextField()),
                ('made_at', guerdon.kit.fields.InstantField()),
            ],
            options={
                'db_table': 'cards_card',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE cards_card (
        programme_id {id} NOT NULL, code {text} NOT NULL, account_id {id} NOT NULL, unit {text} NOT NULL,
        made_at {int} NOT NULL,
        PRIMARY KEY (programme_id, code),
        UNIQUE (account_id),
        FOREIGN KEY (programme_id, account_id) REFERENCES members_member (programme_id, id),
        FOREIGN KEY (programme_id, unit) REFERENCES ledger_unit (programme_id, code)
    ){tail}
        """),
        ddl.AppendOnly("cards_card"),
            ],
        ),
    ]
