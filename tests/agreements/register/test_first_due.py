"""The first day of what is still due stays true through every deed, and is put right where it is not."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from sinergi.accounts.audit.verbs import Verb
from sinergi.agreements.actions import changes
from sinergi.agreements.actions.first_due import put_right, put_right_daily
from sinergi.agreements.actions.rows import held_agreement, tell
from sinergi.agreements.models import Agreement, Due, Obligation
from sinergi.agreements.queries.register import Wanted, late_dues, register
from tests.agreements.making import bureau, officer
from tests.agreements.making_changes import TODAY, carried_out, due, owes, proposal

pytestmark = pytest.mark.django_db
OPEN = ("open", "partly")


def expected(agreement: Agreement):
    days = [
        one.on
        for one in Due.objects.select_related("obligation").filter(obligation__agreement=agreement)
        if one.state in OPEN and one.obligation.removed_at is None
    ]
    return min(days, default=None)


def kept(agreement: Agreement):
    return Agreement.objects.values_list("first_open_due", flat=True).get(pk=agreement.pk)


def coordinator():
    return officer(bureau(), "coordinator")


def _someone_writes(chosen: random.Random, by, agreement: Agreement) -> None:
    """One write of those that deeds are made of, told as a deed tells it."""
    held = held_agreement(by, agreement.pk)
    obligations = list(Obligation.objects.filter(agreement=agreement))
    dues = list(Due.objects.filter(obligation__agreement=agreement))
    what = chosen.randrange(6)
    if what == 0 or not dues:
        due(owes(agreement), TODAY + timedelta(days=chosen.randint(-300, 300)))
    elif what == 1:
        due(chosen.choice(obligations), TODAY + timedelta(days=chosen.randint(-300, 300)))
    elif what == 2:
        one = chosen.choice(dues)
        one.state = chosen.choice(["open", "partly", "fulfilled", "waived"])
        one.save()
    elif what == 3:
        one = chosen.choice(dues)
        one.on += timedelta(days=chosen.randint(-40, 40))
        one.save()
    elif what == 4:
        one = chosen.choice(obligations)
        one.removed_at = None if one.removed_at else timezone.now()
        one.save()
    else:
        chosen.choice(dues).delete()
    tell(by, Verb.CHANGED, held, {}, {"what": str(what)})


@pytest.mark.parametrize("seed", range(4))
def test_after_any_writes_the_day_is_that_of_the_dues(seed: int) -> None:
    chosen, by = random.Random(seed), coordinator()
    agreements = [carried_out(parties=2) for _n in range(2)]
    for _step in range(25):
        one = chosen.choice(agreements)
        _someone_writes(chosen, by, one)
        assert [kept(each) for each in agreements] == [expected(each) for each in agreements]
        wanted = set(register(by, Wanted(late=True), TODAY).rows.values_list("pk", flat=True))
        assert wanted == set(late_dues(TODAY).values_list("obligation__agreement", flat=True))
    assert put_right() == 0


@pytest.mark.parametrize(
    "fates", [("settled", "waived"), ("survives", "survives"), ("waived", "survives")]
)
def test_an_ending_takes_what_is_settled_away(fates: tuple[str, str]) -> None:
    by, agreement = coordinator(), carried_out()
    fee = owes(agreement)
    for days in (-30, -3, 30):
        due(fee, TODAY + timedelta(days=days))
    put_right()
    assert kept(agreement) == TODAY - timedelta(days=30)
    change = changes.propose(by, agreement.pk, proposal("ending", ground="breach"))
    told = dict(zip((f"{fee.pk}:before", f"{fee.pk}:after"), fates, strict=True))
    changes.conclude(by, agreement.pk, change.pk, decided=told)
    assert kept(agreement) == expected(agreement)
    assert (kept(agreement) is None) == (fates == ("settled", "waived"))


def test_a_transfer_to_another_party_keeps_the_day() -> None:
    by, agreement = coordinator(), carried_out()
    first = agreement.parties.get(position=1)
    fee = owes(agreement, first)
    for days in (-30, 30):
        due(fee, TODAY + timedelta(days=days))
    after = {"party": {"name": "Kabupaten Pengganti", "kind": "PEMDA", "region_code": "63.07"}}
    details = proposal("transfer", party=first.pk, after=after)
    change = changes.propose(by, agreement.pk, details)
    for party in agreement.parties.filter(left_on=None):
        changes.answer(by, agreement.pk, change.pk, party.pk, agrees=True)
    changes.conclude(by, agreement.pk, change.pk)
    assert kept(agreement) == expected(agreement)


def test_what_slipped_past_is_put_right_daily() -> None:
    agreement, other = carried_out(), carried_out()
    due(owes(agreement), TODAY)
    Agreement.objects.filter(pk=other.pk).update(first_open_due=TODAY)
    assert put_right() == 2
    assert (kept(agreement), kept(other)) == (TODAY, None)
    put_right_daily(TODAY)
    assert put_right() == 0
