"""What speaks for a point when it is agreed on, and where that is read."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Points that are there name none."""

    dependencies: ClassVar = [("forums", "0006_quorums_and_secret_votes")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="point",
            name="evidence",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="point",
            name="links",
            field=models.TextField(blank=True, default=""),
        ),
    ]
