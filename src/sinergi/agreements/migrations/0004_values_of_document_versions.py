"""A version of a document keeps what the agreement said when it was written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the values."""

    dependencies = [("agreements", "0003_words_on_changes")]
    operations = [
        migrations.AddField(
            model_name="documentversion",
            name="values",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
