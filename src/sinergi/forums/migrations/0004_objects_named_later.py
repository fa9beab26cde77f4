"""Objects of a point that were named after the meeting: what a point is about is not what was signed."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """A list of codes; of points that are there already none was named later."""

    dependencies: ClassVar = [("forums", "0003_meeting_letters_and_zones")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="point",
            name="objects_later",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
