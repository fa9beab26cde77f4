"""The end of the chain, and the guard that keeps audit records from being changed or deleted."""

from django.db import migrations

from sinergi.accounts.audit import guard

START = "0" * 64


def begin(apps, schema_editor):
    apps.get_model("accounts", "AuditHead").objects.get_or_create(
        pk=1, defaults={"sequence": 0, "hash": START}
    )


def install(apps, schema_editor):
    for statement in guard.installing(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in guard.removing(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.RunPython(begin, migrations.RunPython.noop),
        migrations.RunPython(install, remove),
    ]
