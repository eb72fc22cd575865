import guerdon.kit.fields
from guerdon.kit import ddl
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kit', '0001_initial'),
        ('django_tasks_database', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', guerdon.kit.fields.IdField(primary_key=True, serialize=False)),
                ('key', models.TextField(null=True)),
                ('slot', models.TextField(null=True, unique=True)),
                ('lasting', models.BigIntegerField()),
                ('lease_until', models.BigIntegerField()),
            ],
            options={
                'db_table': 'kit_job',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE kit_job (
        id {id} NOT NULL PRIMARY KEY, key {text}, slot {text} UNIQUE,
        lasting {int} NOT NULL CHECK (lasting IN (0, 1)), lease_until {int} NOT NULL,
        CHECK (slot IS NULL OR slot = key)
    ){tail}
        """),
        ddl.Run("CREATE INDEX kit_job_lease ON kit_job (lease_until) WHERE lease_until > 0"),
            ],
        ),
    ]
