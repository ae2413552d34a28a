"""The history of unions only grows."""

from django.db import migrations

from huijia.core.kernel.migrations import append_only


class Migration(migrations.Migration):
    dependencies = [("orgs", "0001_initial")]
    operations = [append_only("orgs_unionhistory")]
