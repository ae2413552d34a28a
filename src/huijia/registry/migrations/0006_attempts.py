"""How often a walk through a sheet may fail before the import is given up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0005_only_where_one_belongs"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="attempts",
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
    ]
