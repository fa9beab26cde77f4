"""Lists belong to an organisation; settings of the map can be saved for one."""

import django.db.models.deletion
from django.db import migrations, models

VISIBILITY = models.CharField(
    choices=[
        ("private", "only its organisation and those it is shared with"),
        ("public", "everybody"),
    ],
    default="private",
    max_length=7,
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_audit_guard"),
        ("opportunities", "0001_priority_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="prioritylist",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(model_name="prioritylist", name="visibility", field=VISIBILITY),
        migrations.CreateModel(
            name="SavedMap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("visibility", VISIBILITY.clone()),
                ("name", models.CharField(max_length=120)),
                ("query", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("updated", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("name", "pk"),
                "indexes": [
                    models.Index(fields=["organisation", "deleted_at"], name="maps_of_organisation")
                ],
            },
        ),
    ]
