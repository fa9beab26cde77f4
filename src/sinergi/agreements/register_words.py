"""What the register calls families, stages, states and objects, in the language of the page."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergi.agreements.forms.register import STATES
from sinergi.agreements.models import Agreement
from sinergi.agreements.queries.register import Line
from sinergi.programs.queries.words import affair_name, object_name
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import Named


def families() -> Mapping[str, Named]:
    """Return the families of agreements that the pack knows, by code."""
    return reference.agreement_families()


def stages() -> Mapping[str, Named]:
    """Return the stages that any family has, by code, in the order of the longest."""
    found: dict[str, Named] = {}
    for one in sorted(reference.pack().agreement_stages, key=lambda one: one.position):
        found.setdefault(one.code, one)
    return found


def choices(named: Mapping[str, Named]) -> list[tuple[str, str]]:
    """Return code and name of each, in the language of the page."""
    language = get_language() or "id"
    return [(code, one.name(language)) for code, one in named.items()]


def family_name(code: str) -> str:
    """Return the name of a family; its code where the pack does not know it."""
    return name_in(families(), code)


def stage_name(code: str) -> str:
    """Return the name of a stage; its code where the pack does not know it."""
    return name_in(stages(), code)


def terms(kind: str) -> Mapping[str, Named]:
    """Return the terms of a kind that the pack knows, by code."""
    return reference.agreement_terms(kind)


def term_name(kind: str, code: str) -> str:
    """Return the name of a term; its code where the pack does not know it."""
    return name_in(terms(kind), code)


def name_in(named: Mapping[str, Named], code: str) -> str:
    """Return the name under which the pack knows a code; the code where it does not."""
    one = named.get(code)
    return code if one is None else one.name(get_language() or "id")


def state_name(code: str) -> str:
    """Return the name of a state, also of one that is past its end."""
    return str(dict(STATES).get(code, code))


def about(row: Agreement) -> str:
    """Return what an agreement is about: its object, what is written instead, or its affair."""
    if row.object_code:
        return object_name(row.object_code)
    return row.object_text or (affair_name(row.affair) if row.affair else "")


def left_told(line: Line) -> str:
    """Return how long an agreement still has, or for how long it is past its end."""
    if line.left is None:
        return ""
    if line.left < 0:
        return _("%(n)s days past its end") % {"n": -line.left}
    if line.left == 0:
        return _("ends today")
    return _("%(n)s days left") % {"n": line.left}
