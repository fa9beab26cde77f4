"""Lists made before there were organisations go to a workspace; their history goes to the audit trail.

The records are hashed here as the audit trail hashed them when this was written, so that this migration does
the same whatever the code of the trail becomes.
"""

import hashlib
from datetime import UTC

import orjson
from django.db import migrations
from django.utils import timezone

CODE, NAME = "ruang-kerja", "Ruang kerja"
VERBS = {
    "list_created": "created",
    "list_changed": "changed",
    "list_deleted": "put_away",
    "list_restored": "restored",
}
"""Deeds on entries keep their names."""
COMMAND_LINE = "sinergi"
"""What the command line wrote for who did it; the pages wrote nothing."""


def _text(values):
    return orjson.dumps(values or {}, option=orjson.OPT_SORT_KEYS, default=str).decode()


def _append(apps, deeds):
    """Add deeds at the end of the chain; each is the columns of a record but its place and hashes."""
    record, head = (apps.get_model("accounts", name) for name in ("AuditRecord", "AuditHead"))
    end = head.objects.select_for_update().get(pk=1)
    rows = []
    for deed in deeds:
        stamp = deed["at"].astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        row = record(sequence=end.sequence + 1, previous=end.hash, **deed)
        hashed = [
            row.sequence,
            stamp,
            row.channel,
            row.request_id,
            row.actor,
            row.organisation,
            row.verb,
            row.kind,
            row.object_id,
            row.part,
            row.name,
            row.before,
            row.after,
            row.reason,
            row.previous,
        ]
        row.hash = hashlib.sha256(orjson.dumps(hashed)).hexdigest()
        end.sequence, end.hash = row.sequence, row.hash
        rows.append(row)
        if len(rows) == 1000:
            record.objects.bulk_create(rows)
            rows = []
    record.objects.bulk_create(rows)
    end.save()


def _made(workspace):
    return {
        "at": timezone.now(),
        "channel": "command_line",
        "organisation": workspace.pk,
        "verb": "created",
        "kind": "organisation",
        "object_id": str(workspace.pk),
        "name": workspace.name,
        "before": "{}",
        "after": _text({"code": workspace.code, "kind": workspace.kind}),
    }


def _deed(event, workspace):
    told = event.who not in ("", COMMAND_LINE)
    return {
        "at": event.at,
        "channel": "command_line" if event.who == COMMAND_LINE else "web",
        "organisation": workspace.pk,
        "verb": VERBS.get(event.what, event.what),
        "kind": "priority_list",
        "object_id": str(event.priority_list_id),
        "part": f"entry:{event.entry_id}" if event.entry_id else "",
        "name": event.priority_list.name[:255],
        "before": _text(event.before),
        "after": _text({**event.after, "who": event.who} if told else event.after),
    }


def _events(model):
    return model.objects.select_related("priority_list").order_by("pk").iterator(1000)


def move(apps, schema_editor):
    lists = apps.get_model("opportunities", "PriorityList").objects
    if not lists.exists():
        return
    workspace, made = apps.get_model("accounts", "Organisation").objects.get_or_create(
        code=CODE, defaults={"name": NAME, "kind": "workspace"}
    )
    lists.filter(organisation=None).update(organisation=workspace)
    if made:
        _append(apps, [_made(workspace)])
    events = _events(apps.get_model("opportunities", "ListEvent"))
    _append(apps, (_deed(event, workspace) for event in events))


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0002_ownership")]
    operations = [migrations.RunPython(move)]
