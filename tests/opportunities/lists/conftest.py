"""A list with two entries, the first fully described."""

import pytest

from sinergi.opportunities.lists import actions
from sinergi.opportunities.lists.rules import EntryDetails, ListDetails
from sinergi.opportunities.models import PriorityList

from .factories import BY, SETTINGS, bappeda, explanation


@pytest.fixture
def handed_in(db: None) -> PriorityList:
    plan = actions.create_list(
        BY,
        bappeda(),
        ListDetails("Prioritas Banjarbakula", "Biro Pemerintahan Kalsel", "RKPD 2028"),
    )
    details = EntryDetails(
        proposer="DLH & PUPR",
        target_year=2028,
        funding_channel="APBD_PROV",
        lead="DLH Provinsi",
        note="Perlu <Perda> tarif",
    )
    actions.add_entry(BY, plan.pk, explanation(), SETTINGS, details)
    other = explanation(("63.01", "63.04"), mandatory_candidate=False, province_required=(), rank=4)
    actions.add_entry(BY, plan.pk, other, SETTINGS, EntryDetails(reason="Sudah dibahas."))
    return plan


@pytest.fixture(autouse=True)
def _static_root(settings) -> None:
    settings.STATIC_ROOT.mkdir(exist_ok=True)
