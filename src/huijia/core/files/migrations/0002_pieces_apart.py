"""Sealed pieces are kept out of line and uncompressed: ciphertext never shrinks."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE files_piece ALTER COLUMN sealed SET STORAGE EXTERNAL",
            "ALTER TABLE files_piece ALTER COLUMN sealed SET STORAGE EXTENDED",
        )
    ]
