"""How many points a meeting agreed on as its sources tell, where these do not word all of them."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Nothing is told of the meetings that are there."""

    dependencies: ClassVar = [("forums", "0004_objects_named_later")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="forum",
            name="points_told",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
    ]
