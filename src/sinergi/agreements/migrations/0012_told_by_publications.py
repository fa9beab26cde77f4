"""An agreement may be known from publications, and from no register."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds a kind of origin."""

    dependencies = [("agreements", "0011_register_in_order")]

    operations = [
        migrations.AlterField(
            model_name="agreement",
            name="origin",
            field=models.CharField(
                choices=[
                    ("blank", "a blank page"),
                    ("opportunity", "an opportunity of the map"),
                    ("entry", "an entry of a priority list"),
                    ("point", "a recommendation of a forum"),
                    ("register", "a register that was brought in"),
                    ("renewal", "an agreement that it follows"),
                    ("published", "publications that tell of it"),
                ],
                default="blank",
                max_length=12,
            ),
        ),
    ]
