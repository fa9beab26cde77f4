"""Keeps the names of the programme and the activity that a line stands under in its file."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0013_portfolio_project_revision"),
    ]

    operations = [
        migrations.AddField(
            model_name="planline",
            name=name,
            field=models.CharField(blank=True, db_default="", default="", max_length=500),
        )
        for name in ("program_name", "activity_name")
    ]
