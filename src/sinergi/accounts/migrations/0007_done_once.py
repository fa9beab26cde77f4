"""What was done under a key of a form or of the API, so that it is not done twice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_letters_and_providers"),
    ]

    operations = [
        migrations.CreateModel(
            name="DoneOnce",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asker", models.CharField(max_length=40)),
                ("deed", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=64)),
                ("content", models.CharField(max_length=64)),
                ("result", models.JSONField(default=dict)),
                ("created", models.DateTimeField()),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["created"], name="done_once_by_age")],
                "constraints": [
                    models.UniqueConstraint(fields=("asker", "deed", "key"), name="done_once_a_key")
                ],
            },
        ),
    ]
