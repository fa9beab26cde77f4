"""Every list has an organisation; the audit trail is the only history."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0003_events_to_audit")]

    operations = [
        migrations.AlterField(
            model_name="prioritylist",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddIndex(
            model_name="prioritylist",
            index=models.Index(fields=["deleted_at", "-updated"], name="lists_by_change"),
        ),
        migrations.AddIndex(
            model_name="prioritylist",
            index=models.Index(fields=["organisation", "deleted_at"], name="lists_of_organisation"),
        ),
        migrations.DeleteModel(name="ListEvent"),
    ]
