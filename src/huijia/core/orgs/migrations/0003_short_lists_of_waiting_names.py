"""Let few names wait to be sorted into the indexes: each search reads those that do."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("orgs", "0002_append_only")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER INDEX employer_by_name_grams SET (gin_pending_list_limit = 512)",
                    "ALTER INDEX employer_by_name_grams RESET (gin_pending_list_limit)",
                )
            ],
            state_operations=[
                migrations.RemoveIndex("employer", "employer_by_name_grams"),
                migrations.AddIndex(
                    "employer",
                    GinIndex(
                        fields=["name_grams"],
                        name="employer_by_name_grams",
                        gin_pending_list_limit=512,
                    ),
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER INDEX union_by_name_grams SET (gin_pending_list_limit = 512)",
                    "ALTER INDEX union_by_name_grams RESET (gin_pending_list_limit)",
                )
            ],
            state_operations=[
                migrations.RemoveIndex("union", "union_by_name_grams"),
                migrations.AddIndex(
                    "union",
                    GinIndex(
                        fields=["name_grams"],
                        name="union_by_name_grams",
                        gin_pending_list_limit=512,
                    ),
                ),
            ],
        ),
    ]
