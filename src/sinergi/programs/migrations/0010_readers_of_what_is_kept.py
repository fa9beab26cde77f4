"""Fill in whose plans are in what was kept before that was asked."""

import json

from django.db import migrations


def fill(apps, schema_editor):
    """Fill in of what is there: the run of a decision, and the plans of answers and of runs."""
    model = {
        name: apps.get_model("programs", name)
        for name in ("FindingDecision", "PairLabel", "PlanLine", "PortfolioProject", "PortfolioRun")
    }
    for one in model["FindingDecision"].objects.exclude(finding=None).select_related("finding"):
        one.run_id = one.finding.run_id
        one.save(update_fields=["run"])
    for one in model["PairLabel"].objects.all():
        identities = [line["identity"] for line in (one.a, one.b)]
        found = model["PlanLine"].objects.filter(identity__in=identities)
        one.plans = sorted(set(found.values_list("version__plan", flat=True)))
        one.save(update_fields=["plans"])
    record = apps.get_model("accounts", "AuditRecord")
    for number in (
        model["PortfolioRun"].objects.order_by().values_list("portfolio", flat=True).distinct()
    ):
        told = record.objects.filter(kind="portfolio", object_id=str(number), verb="project_placed")
        held = [json.loads(after).get("plan") for after in told.values_list("after", flat=True)]
        now = model["PortfolioProject"].objects.filter(portfolio=number)
        plans = {one for one in held if one} | set(now.values_list("plan", flat=True))
        model["PortfolioRun"].objects.filter(portfolio=number).update(plans=sorted(plans))


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0009_attempts_and_readers"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
