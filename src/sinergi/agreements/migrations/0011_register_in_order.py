"""The register reads its first page, and counts, from indexes alone."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Exchanges one index and adds one."""

    dependencies = [("agreements", "0010_reminders_of_each_person")]

    operations = [
        migrations.RemoveIndex(model_name="agreement", name="agreements_by_change"),
        migrations.AddIndex(
            model_name="agreement",
            index=models.Index(
                fields=["-updated", "-id"],
                name="agreements_by_change",
                condition=Q(deleted_at=None),
            ),
        ),
        migrations.AddIndex(
            model_name="agreement",
            index=models.Index(
                fields=["organisation", "state", "ends", "visibility", "id"],
                name="agreements_counted",
                condition=Q(deleted_at=None),
            ),
        ),
    ]
