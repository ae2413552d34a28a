from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_migrant_members")]

    operations = [
        migrations.AddField(
            model_name="unionfile",
            name="economic_type",
            field=models.CharField(
                max_length=3,
                blank=True,
                db_default="",
                choices=[
                    ("110", "State-owned"),
                    ("120", "Collective"),
                    ("130", "Share cooperative"),
                    ("140", "Joint operation"),
                    ("151", "Wholly state-owned company"),
                    ("159", "Other limited liability company"),
                    ("161", "Company limited by shares, held by the state"),
                    ("169", "Other company limited by shares"),
                    ("170", "Private"),
                    ("190", "Other domestic"),
                    ("200", "Hong Kong, Macao or Taiwan investment"),
                    ("300", "Foreign investment"),
                    ("400", "Public institution"),
                    ("500", "Authority"),
                    ("600", "Individual business"),
                    ("700", "Private non-enterprise unit"),
                ],
            ),
        ),
    ]
