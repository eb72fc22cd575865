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
            name='Stock',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'reward', 'variant', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('reward', models.TextField()),
                ('variant', models.TextField()),
                ('counted', models.BigIntegerField()),
                ('initial', models.BigIntegerField()),
                ('supplied', models.BigIntegerField()),
                ('claimed', models.BigIntegerField()),
                ('given', models.BigIntegerField()),
                ('spent', models.BigIntegerField()),
            ],
            options={
                'db_table': 'rewards_stock',
            },
        ),
        migrations.CreateModel(
            name='Supply',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'source', 'external_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('source', models.TextField()),
                ('external_id', models.TextField()),
                ('reward', models.TextField()),
                ('variant', models.TextField()),
                ('pieces', models.BigIntegerField()),
                ('remains', models.BigIntegerField(null=True)),
                ('reason', models.TextField()),
                ('actor', models.TextField()),
                ('at', guerdon.kit.fields.InstantField()),
            ],
            options={
                'db_table': 'rewards_supply',
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'redemption_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('redemption_id', guerdon.kit.fields.IdField()),
                ('account_id', guerdon.kit.fields.IdField()),
                ('reward', models.TextField()),
                ('variant', models.TextField()),
                ('cost', models.BigIntegerField()),
                ('until', guerdon.kit.fields.InstantField()),
            ],
            options={
                'db_table': 'rewards_claim',
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'reward', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('reward', models.TextField()),
                ('hash', models.TextField()),
                ('media_type', models.TextField()),
                ('content', models.TextField()),
                ('actor', models.TextField()),
                ('at', guerdon.kit.fields.InstantField()),
            ],
            options={
                'db_table': 'rewards_picture',
            },
        ),
        migrations.CreateModel(
            name='PictureChange',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'reward', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('reward', models.TextField()),
                ('number', models.BigIntegerField()),
                ('id', guerdon.kit.fields.IdField()),
                ('hash', models.TextField(null=True)),
                ('actor', models.TextField()),
                ('at', guerdon.kit.fields.InstantField()),
            ],
            options={
                'db_table': 'rewards_picture_change',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE rewards_stock (
        programme_id {id} NOT NULL REFERENCES programmes_programme (id), reward {text} NOT NULL, variant {text} NOT NULL,
        counted {int} NOT NULL CHECK (counted IN (0, 1)), initial {int} NOT NULL,
        supplied {int} NOT NULL, claimed {int} NOT NULL CHECK (claimed >= 0), given {int} NOT NULL CHECK (given >= 0),
        spent {int} NOT NULL CHECK (spent >= 0),
        PRIMARY KEY (programme_id, reward, variant),
        CHECK (counted = 0 OR claimed + given <= initial + supplied)
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE rewards_supply (
        programme_id {id} NOT NULL, source {text} NOT NULL, external_id {text} NOT NULL, reward {text} NOT NULL,
        variant {text} NOT NULL, pieces {int} NOT NULL CHECK (pieces <> 0 AND abs(pieces) <= 1000000000),
        remains {int} CHECK (remains >= 0), reason {text} NOT NULL, actor {text} NOT NULL, at {int} NOT NULL,
        PRIMARY KEY (programme_id, source, external_id),
        FOREIGN KEY (programme_id, reward, variant) REFERENCES rewards_stock (programme_id, reward, variant)
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE rewards_claim (
        programme_id {id} NOT NULL, redemption_id {id} NOT NULL, account_id {id} NOT NULL, reward {text} NOT NULL,
        variant {text} NOT NULL, cost {int} NOT NULL CHECK (cost >= 0), until {int} NOT NULL,
        PRIMARY KEY (programme_id, redemption_id),
        FOREIGN KEY (programme_id, reward, variant) REFERENCES rewards_stock (programme_id, reward, variant)
    ){tail}
        """),
        ddl.Run("""
    CREATE TABLE rewards_picture (
        programme_id {id} NOT NULL REFERENCES programmes_programme (id), reward {text} NOT NULL,
        hash {text} NOT NULL CHECK (length(hash) = 64),
        media_type {text} NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg', 'image/webp')),
        content {text} NOT NULL, actor {text} NOT NULL, at {int} NOT NULL,
        PRIMARY KEY (programme_id, reward)
    ){heap}
        """),
        ddl.Run("CREATE INDEX rewards_picture_hash ON rewards_picture (hash)"),
        ddl.Run("""
    CREATE TABLE rewards_picture_change (
        programme_id {id} NOT NULL REFERENCES programmes_programme (id), reward {text} NOT NULL,
        number {int} NOT NULL CHECK (number > 0), id {id} NOT NULL, hash {text} CHECK (length(hash) = 64),
        actor {text} NOT NULL, at {int} NOT NULL,
        PRIMARY KEY (programme_id, reward, number)
    ){heap}
        """),
        ddl.Run("CREATE UNIQUE INDEX rewards_picture_change_id ON rewards_picture_change (id)"),
        ddl.Run("CREATE INDEX rewards_claim_until ON rewards_claim (programme_id, reward, until)"),
        ddl.Run("CREATE INDEX rewards_supply_stock ON rewards_supply (programme_id, reward, variant)"),
        ddl.Run("CREATE INDEX rewards_supply_at ON rewards_supply (programme_id, reward, at, source, external_id)"),
        ddl.AppendOnly("rewards_supply"),
        ddl.AppendOnly("rewards_picture_change"),
            ],
        ),
    ]
