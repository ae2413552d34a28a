"""Pending changes by node rather than by fact, figures under their natural key, recounts.

Both tables hold only what a rebuild makes again, so they are made anew.
"""

from django.db import migrations, models

from huijia.core.kernel.migrations import append_only

INDICATORS = [
    ("unions", "Primary unions"),
    ("members", "Members"),
    ("women", "Women"),
    ("new_employment", "In new forms of employment"),
    ("joins", "Joined this year"),
]

# Rows come and go by the second: vacuum after some thousands of them, whatever the table's size.
VACUUM_OFTEN = """
ALTER TABLE insight_delta SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000)
"""
# Room on each page keeps an update of a value out of the index.
LEAVE_ROOM = "ALTER TABLE insight_figure SET (fillfactor = 80)"


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_initial")]
    operations = [
        migrations.DeleteModel("Delta"),
        migrations.DeleteModel("Figure"),
        migrations.CreateModel(
            name="Delta",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("union_id", models.IntegerField()),
                ("indicator", models.CharField(choices=INDICATORS, max_length=20)),
                ("period", models.SmallIntegerField(default=0)),
                ("change", models.IntegerField()),
            ],
            options={"indexes": [models.Index(fields=["union_id"], name="delta_by_union")]},
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "union_id",
                        "indicator",
                        "period",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("union_id", models.IntegerField()),
                ("indicator", models.CharField(choices=INDICATORS, max_length=20)),
                ("period", models.SmallIntegerField(default=0)),
                ("value", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Recount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("seconds", models.FloatField()),
                ("differences", models.IntegerField()),
                ("largest", models.JSONField(default=list)),
            ],
        ),
        append_only("insight_recount"),
        migrations.RunSQL(VACUUM_OFTEN, migrations.RunSQL.noop),
        migrations.RunSQL(LEAVE_ROOM, migrations.RunSQL.noop),
    ]
