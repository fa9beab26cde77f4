"""The history of a plan in words: names of fields, values of closed vocabularies, versions and lines."""

from typing import Any

from django.utils.translation import gettext as _

from sinergi.accounts.audit.history import Deed
from sinergi.accounts.audit.words import field_name, value_text
from sinergi.programs.forms.lines import LineForm
from sinergi.programs.forms.plans import PlanForm
from sinergi.programs.models import PlaceCertainty, PlanKind, Readiness
from sinergi.programs.queries.channels import number_in
from sinergi.programs.queries.words import channel_name, object_name, region_name

CHOICES = {
    "kind": PlanKind,
    "land": Readiness,
    "design": Readiness,
    "permits": Readiness,
    "place_certainty": PlaceCertainty,
}


def told_name(name: str) -> str:
    """Return the name of a field of a plan or a line."""
    for form in (LineForm, PlanForm):
        field = form.base_fields.get(name)
        if field is not None and field.label:
            return str(field.label)
    return field_name(name)


def told_value(name: str, value: Any, _deed: Deed) -> str:
    """Return a recorded value in words."""
    choices = CHOICES.get(name)
    if choices is not None and value in choices.values:
        return str(choices(value).label)
    if name == "channel":
        codes = value if isinstance(value, list) else [value]
        return ", ".join(channel_name(str(one)) for one in codes)
    if name == "lines" and isinstance(value, str):
        return str(number_in(value))
    if value and name in ("region_code", "transfer_to"):
        return region_name(str(value))
    if value and name == "object_code":
        return object_name(str(value))
    return value_text(name, value)


def told_part(deed: Deed) -> str:
    """Return which version or line a deed was done to."""
    kind, _colon, number = deed.part.partition(":")
    if kind == "version":
        return _("version %(number)s") % {"number": number}
    if kind == "line":
        title = deed.after.get("title") or deed.before.get("title")
        return str(title or _("line %(number)s") % {"number": number})
    return ""
