"""Texts that search looks into, with the index of full text of each database."""

import django.db.models.deletion
from django.db import migrations, models

from sinergi.agreements.search.schema import installing


def install(apps, schema_editor):
    """Make the indexes."""
    for statement in installing(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    """Drop what does not go with the table."""
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute("DROP TABLE IF EXISTS agreements_searchwords")


class Migration(migrations.Migration):
    """One table."""

    dependencies = [("agreements", "0004_values_of_document_versions")]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("ref", models.PositiveBigIntegerField()),
                ("seen", models.DateTimeField()),
                ("label", models.CharField(max_length=400)),
                ("text", models.TextField()),
                ("exact", models.TextField()),
                ("stems", models.TextField()),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agreements.agreement",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [
                    models.Index(fields=["agreement", "kind", "seen"], name="search_by_agreement")
                ],
            },
        ),
        migrations.RunPython(install, remove, elidable=False),
    ]
