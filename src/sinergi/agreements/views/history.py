"""The history of an agreement in words: names of fields, codes of the pack, which part of it."""

from typing import Any

from sinergi.accounts.audit.history import Deed
from sinergi.accounts.audit.words import field_name, part_text, value_text
from sinergi.agreements.forms.agreements import AgreementForm
from sinergi.agreements.forms.obligations import ObligationForm
from sinergi.agreements.forms.parties import PartyForm
from sinergi.agreements.models import Answer, Obligatory
from sinergi.agreements.queries.words import family_name, object_name, term_name
from sinergi.programs.queries.words import affair_name, region_name

CHOICES = {"obligatory": Obligatory, "burdens_people": Answer, "in_budget": Answer}
TERMS = {"geography": "geography", "end_ground": "end_ground", "required_by": "required_by"}
NAMES = {
    "affair": affair_name,
    "family": family_name,
    "object_code": object_name,
    "region_code": region_name,
}


def told_name(name: str) -> str:
    """Return the name of a field of an agreement or a party."""
    for form in (AgreementForm, PartyForm, ObligationForm):
        field = form.base_fields.get(name)
        if field is not None and field.label:
            return str(field.label)
    return field_name(name)


def told_value(name: str, value: Any, deed: Deed) -> str:
    """Return a recorded value in words."""
    if not isinstance(value, str) or not value:
        return value_text(name, value)
    choices = CHOICES.get(name)
    if choices is not None and value in choices.values:
        return str(choices(value).label)
    if name in TERMS:
        return term_name(TERMS[name], value)
    if name in NAMES:
        return str(NAMES[name](value))
    if name == "kind" and deed.part.startswith("party:"):
        return term_name("partner_kind", value)
    return value_text(name, value)


def told_part(deed: Deed) -> str:
    """Return which part of an agreement a deed was done to."""
    if not deed.part:
        return ""
    name = deed.after.get("name") or deed.before.get("name")
    if deed.part.startswith("party:") and isinstance(name, str):
        return name
    return part_text(deed.part)
