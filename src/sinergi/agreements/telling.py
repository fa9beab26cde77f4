"""What of the histories of agreements is told to whom, and its closed vocabularies in words.

Those who read an agreement because it is public learn of the whole, not of its parts: who accepted, who was
asked, who remarked.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sinergi.accounts import rules
from sinergi.accounts.audit.history import CHOOSE, Deed
from sinergi.accounts.audit.words import MORE
from sinergi.accounts.models import Owned
from sinergi.accounts.principal import Principal
from sinergi.agreements.models import Agreement, Answer, Obligatory, Origin
from sinergi.forums import outcomes as of_points
from sinergi.forums.models import Point
from sinergi.opportunities.lists import outcomes


def told_to(by: Principal, row: Owned, deeds: list[Deed]) -> list[Deed]:
    """Keep the deeds that somebody may know of: those on the whole for who reads it in public only."""
    if rules.may(by, rules.OBJECT_HISTORY, row):
        return deeds
    return [deed for deed in deeds if not deed.part]


def start_from_entry(kind: str, what: Any) -> str:
    """Return the address on which an agreement is begun from an entry or an opportunity."""
    page = reverse("agreements:start")
    return f"{page}?butir={what.pk}" if kind == "entry" else f"{page}?{what}"


def start_from_point(point: Point) -> str:
    """Return the address on which an agreement is begun from a point."""
    return f"{reverse('agreements:start')}?rekomendasi={point.pk}"


CHOOSE[Agreement.KIND] = told_to
outcomes.ONWARD.append((_("Start an agreement"), start_from_entry))
of_points.ONWARD.append((_("Start an agreement"), start_from_point))
for _field, _choices in {
    "burdens_people": (Answer,),
    "in_budget": (Answer,),
    "obligatory": (Obligatory,),
    "origin": (Origin,),
}.items():
    MORE[_field] = (*MORE.get(_field, ()), *_choices)
