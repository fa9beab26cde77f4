"""An agreement keeps the first day of what is still due, so that the register need not ask a million dues."""

from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery


def fill(apps, schema_editor):
    """Write the day of every agreement in which something is due."""
    dues = apps.get_model("agreements", "Due").objects.filter(
        obligation__agreement=OuterRef("pk"),
        obligation__removed_at=None,
        state__in=("open", "partly"),
    )
    first = Subquery(dues.order_by("on").values("on")[:1])
    apps.get_model("agreements", "Agreement").objects.update(first_open_due=first)


class Migration(migrations.Migration):
    """Adds the day, fills it, and finds by it."""

    dependencies = [("agreements", "0005_search_of_texts")]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="first_open_due",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="agreement",
            index=models.Index(
                fields=["first_open_due"],
                name="agreements_by_first_open_due",
                condition=Q(deleted_at=None, first_open_due__isnull=False),
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
