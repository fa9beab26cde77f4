"""Letters when a ballot opens and when an organisation is invited: who did not choose gets both."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two more choices; all who chose before keep what they chose."""

    dependencies: ClassVar = [("forums", "0001_meetings")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="noticechoice",
            name="ballots",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="noticechoice",
            name="invitations",
            field=models.BooleanField(default=True),
        ),
    ]
