"""When a run of a portfolio was last heard of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0011_fewer_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="portfoliorun",
            name="told_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
