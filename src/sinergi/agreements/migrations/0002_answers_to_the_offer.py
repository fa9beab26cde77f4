"""Keeps what each party answered to the offer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Three fields of parties."""

    dependencies = [("agreements", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="party",
            name="offer_answer",
            field=models.CharField(
                blank=True,
                choices=[("", "not known"), ("yes", "yes"), ("no", "no")],
                default="",
                max_length=3,
            ),
        ),
        migrations.AddField(
            model_name="party",
            name="offer_answered_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="party",
            name="offer_note",
            field=models.TextField(blank=True),
        ),
    ]
