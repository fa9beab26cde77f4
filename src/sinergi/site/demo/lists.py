"""Priority lists of the demo: real opportunities of the real map, on lists whose names say demo."""

from django.db import transaction

from sinergi.accounts.actions import sharing
from sinergi.accounts.models import Level, Organisation, Visibility
from sinergi.opportunities.lists.actions import add_entry, create_list
from sinergi.opportunities.lists.rules import EntryDetails, ListDetails
from sinergi.opportunities.models import PriorityList
from sinergi.opportunities.queries import explain, opportunity_map
from sinergi.opportunities.settings import MapSettings
from sinergi.site.demo.people import CITY, OTHER, acts_as

SHARED = "Demo – dikerjakan bersama Banjarmasin"
PUBLIC = "Demo – terbuka untuk umum"
PRIVATE = "Demo – hanya untuk Palangka Raya"
PURPOSE = "Daftar contoh untuk demo, bukan keputusan siapa pun. / An example of the demo, nobody's decision."
REGION = "62.71"
EACH = 2


def ensure_lists() -> int:
    """Make the lists of the demo unless the city has lists of these names, put away or not; return how many.

    The map is computed only when a list is missing.
    """
    city = Organisation.objects.get(code=CITY)
    other = Organisation.objects.get(code=OTHER)
    names = (SHARED, PUBLIC, PRIVATE)
    there = PriorityList.objects.filter(organisation=city, name__in=names)
    missing = [name for name in names if name not in set(there.values_list("name", flat=True))]
    if not missing:
        return 0
    settings = MapSettings(regions=(REGION,), each=1, top=EACH * len(names))
    found = list(opportunity_map(settings).opportunities)
    for place, name in enumerate(names):
        if name in missing:
            chosen = found[place * EACH : (place + 1) * EACH]
            _make(name, city, other, [(one.object.code, one.key) for one in chosen], settings)
    return len(missing)


@transaction.atomic
def _make(
    name: str,
    city: Organisation,
    other: Organisation,
    chosen: list[tuple[str, str]],
    settings: MapSettings,
) -> None:
    analyst = acts_as("analis.palangkaraya")
    row = create_list(
        analyst, city, ListDetails(name, planning_document="RKPD 2028 (demo)", purpose=PURPOSE)
    )
    for code, key in chosen:
        told = explain(code, tuple(key.split("+")), settings)
        add_entry(analyst, row.pk, told, settings, EntryDetails(proposer="Demo", target_year=2028))
    row.refresh_from_db()
    if name == SHARED:
        sharing.share(acts_as("koordinator.palangkaraya"), row, other, Level.EDIT, reason="Demo")
    elif name == PUBLIC:
        approver = acts_as("sekda.palangkaraya")
        sharing.set_visibility(approver, row, Visibility.PUBLIC, reason="Demo")
