from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_contracts_and_congress")]

    operations = [
        migrations.AddField(
            model_name="unionfile",
            name="migrant_members",
            field=models.IntegerField(null=True),
        ),
    ]
