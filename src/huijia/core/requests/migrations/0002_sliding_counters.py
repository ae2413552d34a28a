"""Counters hold moments, so that windows slide; those counted so far may be forgotten."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0001_initial")]

    operations = [
        migrations.DeleteModel(name="Counter"),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("key", models.CharField(max_length=80, primary_key=True, serialize=False)),
                (
                    "hits",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateTimeField(), default=list, size=None
                    ),
                ),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["expires_at"], name="counter_by_expiry")],
            },
        ),
        migrations.AddIndex(
            model_name="consumedtoken",
            index=models.Index(fields=["at"], name="token_by_moment"),
        ),
    ]
