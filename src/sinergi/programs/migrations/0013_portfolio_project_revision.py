"""Counts the changes of a project, so that two who change it at once both learn of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0012_portfolio_run_told"),
    ]

    operations = [
        migrations.AddField(
            model_name="portfolioproject",
            name="revision",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
