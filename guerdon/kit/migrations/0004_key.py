from django.db import migrations, models

import guerdon.kit.fields
from guerdon.kit import ddl


class Migration(migrations.Migration):

    dependencies = [
        ('kit', '0003_failed_jobs'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
        migrations.CreateModel(
            name='Key',
            fields=[
                ('name', models.TextField(primary_key=True, serialize=False)),
                ('covered', models.TextField()),
                ('rotated_mark', models.TextField(null=True)),
                ('rotated_at', guerdon.kit.fields.InstantField(null=True)),
            ],
            options={
                'db_table': 'kit_key',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE kit_key (
        name {text} NOT NULL PRIMARY KEY, covered {text} NOT NULL, rotated_mark {text}, rotated_at {int},
        CHECK ((rotated_mark IS NULL) = (rotated_at IS NULL))
    ){tail}
        """),
            ],
        ),
    ]
