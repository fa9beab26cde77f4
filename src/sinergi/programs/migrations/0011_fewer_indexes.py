"""Lines and amounts lose the indexes that are the beginning of others: every import filled them in vain."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0010_readers_of_what_is_kept"),
    ]

    operations = [
        migrations.AlterField(
            model_name="lineamount",
            name="line",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="amounts",
                to="programs.planline",
            ),
        ),
        migrations.AlterField(
            model_name="planline",
            name="version",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="programs.planversion",
            ),
        ),
    ]
