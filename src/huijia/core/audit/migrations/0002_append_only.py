"""The web and worker roles can only read the audit and add to it."""

from django.db import migrations

from huijia.core.kernel.migrations import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [append_only("audit_entry")]
