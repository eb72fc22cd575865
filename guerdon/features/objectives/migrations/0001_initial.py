import guerdon.kit.fields
from guerdon.kit import ddl
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [('programmes', '0001_initial')]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('pk', models.CompositePrimaryKey('programme_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('programme_id', guerdon.kit.fields.IdField()),
                ('id', guerdon.kit.fields.IdField()),
                ('name', models.TextField()),
                ('kpi', models.TextField()),
                ('of_what', models.TextField()),
                ('store', models.TextField()),
                ('tier', models.TextField()),
                ('segment', models.TextField()),
                ('baseline', models.TextField()),
                ('base_first', models.TextField(null=True)),
                ('base_last', models.TextField(null=True)),
                ('measure', models.TextField()),
                ('target', models.BigIntegerField()),
                ('direction', models.TextField()),
                ('first', models.TextField()),
                ('last', models.TextField()),
                ('made_at', guerdon.kit.fields.InstantField()),
                ('made_by', models.TextField()),
                ('ended_at', guerdon.kit.fields.InstantField(null=True)),
                ('ended_by', models.TextField(null=True)),
                ('why', models.TextField(null=True)),
            ],
            options={
                'db_table': 'objectives_objective',
            },
        ),
            ],
            database_operations=[
        ddl.Run("""
    CREATE TABLE objectives_objective (
        programme_id {id} NOT NULL REFERENCES programmes_programme (id), id {id} NOT NULL,
        name {text} NOT NULL CHECK (name <> ''), kpi {text} NOT NULL, of_what {text} NOT NULL,
        store {text} NOT NULL, tier {text} NOT NULL, segment {text} NOT NULL,
        baseline {text} NOT NULL CHECK (baseline IN ('previous_year', 'months')),
        base_first {text} CHECK (length(base_first) = 7), base_last {text} CHECK (length(base_last) = 7),
        measure {text} NOT NULL CHECK (measure IN ('relative', 'absolute')), target {int} NOT NULL,
        direction {text} NOT NULL CHECK (direction IN ('at_least', 'at_most')),
        first {text} NOT NULL CHECK (length(first) = 7), last {text} NOT NULL CHECK (length(last) = 7),
        made_at {int} NOT NULL, made_by {text} NOT NULL, ended_at {int}, ended_by {text}, why {text},
        PRIMARY KEY (programme_id, id),
        CHECK (first <= last),
        CHECK ((baseline = 'months') = (base_first IS NOT NULL) AND (base_first IS NULL) = (base_last IS NULL)),
        CHECK (base_first IS NULL OR (base_first <= base_last AND base_last < first)),
        CHECK (measure = 'absolute' OR (target <> 0 AND target >= -10000)),
        CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (why IS NULL)),
        CHECK (ended_at >= made_at)
    ){heap}
        """),
        # What was wanted stays what it was; an end stays the end.
        ddl.AppendOnly("objectives_objective", fixed=(
            "programme_id", "id", "name", "kpi", "of_what", "store", "tier", "segment", "baseline", "base_first",
            "base_last", "measure", "target", "direction", "first", "last", "made_at", "made_by",
        )),
        ddl.Once("objectives_objective", "ended_at", first=0),
            ],
        ),
    ]
