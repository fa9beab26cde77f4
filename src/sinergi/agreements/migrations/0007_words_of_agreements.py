"""All words of an agreement in one row, with the index of each database; filled by the daily task."""

import django.db.models.deletion
from django.db import migrations, models

from sinergi.agreements.search.schema import installing_whole


def install(apps, schema_editor):
    """Make the index."""
    for statement in installing_whole(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    """Drop what does not go with the table."""
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute("DROP TABLE IF EXISTS agreements_wholewords")


class Migration(migrations.Migration):
    """One table."""

    dependencies = [("agreements", "0006_first_open_due")]

    operations = [
        migrations.CreateModel(
            name="AgreementWords",
            fields=[
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="agreements.agreement",
                    ),
                ),
                ("seen", models.DateTimeField()),
                ("words", models.TextField()),
            ],
        ),
        migrations.RunPython(install, remove, elidable=False),
    ]
