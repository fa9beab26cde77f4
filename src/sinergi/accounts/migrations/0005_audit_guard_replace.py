"""The guard of audit records also stops INSERT OR REPLACE on SQLite."""

from django.db import migrations

from sinergi.accounts.audit import guard


def install(apps, schema_editor):
    for statement in guard.installing(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_watch")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
