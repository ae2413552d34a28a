"""Let few names wait to be sorted into the index: each search reads those that do."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0003_one_index_on_history")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER INDEX person_by_name_grams SET (gin_pending_list_limit = 512)",
                    "ALTER INDEX person_by_name_grams RESET (gin_pending_list_limit)",
                )
            ],
            state_operations=[
                migrations.RemoveIndex("person", "person_by_name_grams"),
                migrations.AddIndex(
                    "person",
                    GinIndex(
                        fields=["name_grams"],
                        name="person_by_name_grams",
                        gin_pending_list_limit=512,
                    ),
                ),
            ],
        ),
    ]
