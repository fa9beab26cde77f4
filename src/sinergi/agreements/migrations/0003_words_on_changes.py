"""What each party says to a change, what becomes of what is owed, and when it was concluded."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0002_answers_to_the_offer"),
    ]

    operations = [
        migrations.AddField(
            model_name="change",
            name="answers",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="change",
            name="settlement",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="change",
            name="concluded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
