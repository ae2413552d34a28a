from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_attempts")]

    operations = [
        migrations.AddField(
            model_name="unionfile",
            name="collective_contract_signed_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="unionfile",
            name="collective_contract_reviewed_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="unionfile",
            name="congress_number",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="unionfile",
            name="congress_term_ends_on",
            field=models.DateField(null=True),
        ),
    ]
