"""Deeds on obligations in the tables: dates follow what is written and the agreement, what was done stays."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import AuditRecord
from sinergi.agreements.actions import handing_over, refitting
from sinergi.agreements.actions import obligations as actions
from sinergi.agreements.actions.agreements import edit_agreement
from sinergi.agreements.actions.tracks import settle
from sinergi.agreements.details import details_of as agreement_details
from sinergi.agreements.errors import StateError
from sinergi.agreements.models import Due, Obligation
from sinergi.agreements.obligations import ObligationDetails
from sinergi.agreements.queries.dues import dues_of
from sinergi.agreements.queries.obligations import owed
from sinergi.agreements.schedules import Kind, Schedule
from tests.agreements.making import a_party, an_agreement, stranger
from tests.agreements.making_dues import Owing, owing

pytestmark = pytest.mark.django_db
BEGINS, ENDS, TODAY = date(2025, 1, 1), date(2027, 12, 31), date(2025, 6, 15)
MONTHLY = Schedule(Kind.MONTHLY, day=10)


@pytest.fixture
def scene() -> Owing:
    return owing(begins=BEGINS, ends=ENDS)


def details(scene: Owing, **fields: object) -> ObligationDetails:
    usual = ObligationDetails(
        "money",
        scene.debtor.pk,
        "Membayar iuran",
        scene.creditor.pk,
        amount=Decimal(100),
        schedule=MONTHLY,
    )
    return replace(usual, **fields)


def written(scene: Owing, **fields: object) -> Obligation:
    return actions.set_obligation(scene.keeper, scene.agreement.pk, details(scene, **fields))


def changed(scene: Owing, row: Obligation, revision: int = 1, **fields: object) -> Obligation:
    return actions.set_obligation(
        scene.keeper,
        scene.agreement.pk,
        details(scene, **fields),
        obligation_id=row.pk,
        revision=revision,
    )


def kept(row: Obligation) -> list[tuple[Any, ...]]:
    names = "on", "first", "last", "amount", "quantity", "state"
    return list(Due.objects.filter(obligation=row).order_by("on").values_list(*names))


def mark(row: Obligation, on: date, state: str = "fulfilled") -> None:
    Due.objects.filter(obligation=row, on=on).update(state=state)


def moved(scene: Owing, **days: date | None) -> None:
    for name, day in days.items():
        setattr(scene.agreement, name, day)
    scene.agreement.save()
    refitting.refit(scene.agreement)


def test_an_obligation_is_written_with_all_its_dates(scene: Owing) -> None:
    row = written(scene, quantity=Decimal(2), unit="ton")
    assert len(kept(row)) == 36
    assert kept(row)[0] == (
        date(2025, 1, 10), BEGINS, date(2025, 1, 31), Decimal(100), Decimal(2), "open",
    )  # fmt: skip
    assert (row.number, written(scene).number) == (1, 2)
    record = AuditRecord.objects.filter(verb="obligation_set").order_by("pk")[0]
    told = json.loads(record.after)
    assert told["debtor"] == "Kota Banjarmasin"
    assert told["schedule"] == "setiap bulan, pada tanggal 10"


def test_words_alone_are_an_obligation_without_dates(scene: Owing) -> None:
    row = written(scene, kind="other", amount=None, schedule=Schedule(), creditor=None)
    assert kept(row) == []
    (told,) = owed(scene.agreement, TODAY)
    assert (told.words_only, told.open, told.unfit, told.next) == (True, 0, "", None)


def test_a_party_of_another_agreement_owes_nothing_here(scene: Owing) -> None:
    other = a_party(an_agreement(scene.agreement.organisation))
    with pytest.raises(InvalidError) as caught:
        written(scene, debtor=other.pk, creditor=other.pk)
    assert {"debtor", "creditor"} == set(caught.value.fields)
    with pytest.raises(InvalidError):
        written(scene, creditor=scene.debtor.pk)
    assert Obligation.objects.count() == 0


def test_who_keeps_the_agreement_writes_and_nobody_else(scene: Owing) -> None:
    row = written(scene)
    number = scene.agreement.pk
    for by, wrong in (
        (scene.pays, ForbiddenError),
        (scene.receives, ForbiddenError),
        (stranger(), UnseenError),
    ):
        with pytest.raises(wrong):
            actions.set_obligation(by, number, details(scene))
        with pytest.raises(wrong):
            actions.remove_obligation(by, number, row.pk, revision=1)
    elsewhere = an_agreement(scene.agreement.organisation)
    with pytest.raises(UnseenError):
        actions.remove_obligation(scene.keeper, elsewhere.pk, row.pk, revision=1)


def test_two_who_write_at_the_same_revision_do_not_overwrite_each_other(scene: Owing) -> None:
    row = written(scene)
    changed(scene, row, text="Pertama")
    with pytest.raises(ConflictError):
        changed(scene, row, text="Kedua")
    row.refresh_from_db()
    assert (row.text, row.revision) == ("Pertama", 2)


def test_a_change_of_nothing_leaves_no_trace(scene: Owing) -> None:
    row = written(scene)
    assert changed(scene, row).revision == 1
    assert AuditRecord.objects.filter(verb="obligation_set").count() == 1


def test_a_change_moves_what_is_open_and_leaves_what_was_done(scene: Owing) -> None:
    row = written(scene)
    mark(row, date(2025, 1, 10))
    mark(row, date(2025, 2, 10), "partly")
    mark(row, date(2025, 3, 10), "waived")
    changed(scene, row, amount=Decimal(150), schedule=replace(MONTHLY, day=20))
    there = kept(row)
    assert [(one[0].day, one[3], one[5]) for one in there[:4]] == [
        (10, 100, "fulfilled"), (10, 100, "partly"), (10, 100, "waived"), (20, 150, "open"),
    ]  # fmt: skip
    assert len(there) == 36
    changed(scene, row, 2, amount=None, schedule=Schedule())
    assert {one[5] for one in kept(row)} == {"fulfilled", "partly", "waived"}


def test_dates_follow_the_days_of_the_agreement_once(scene: Owing) -> None:
    row = written(scene)
    mark(row, date(2025, 1, 10))
    moved(scene, ends=date(2025, 6, 15))
    there = kept(row)
    assert [one[0].month for one in there] == [1, 2, 3, 4, 5, 6]
    assert there[-1][1:4] == (date(2025, 6, 1), date(2025, 6, 15), 50)
    numbers = list(Due.objects.filter(obligation=row).values_list("pk", "revision"))
    refitting.refit(scene.agreement)
    assert list(Due.objects.filter(obligation=row).values_list("pk", "revision")) == numbers
    moved(scene, begins=date(2025, 3, 1), ends=ENDS)
    assert [one[0] for one in kept(row)][:2] == [date(2025, 1, 10), date(2025, 3, 10)]
    assert len(kept(row)) == 35


def test_a_schedule_that_no_longer_fits_is_left_and_told(scene: Owing) -> None:
    once = written(scene, schedule=Schedule(Kind.ONCE, on=date(2027, 6, 1)))
    moved(scene, ends=date(2026, 12, 31))
    assert len(kept(once)) == 1
    assert owed(scene.agreement, TODAY)[0].unfit
    Obligation.objects.filter(pk=once.pk).update(schedule={"kind": "hourly"})
    refitting.refit(scene.agreement)
    (told,) = owed(scene.agreement, TODAY)
    assert told.unfit
    assert told.open == 1


def test_nothing_falls_due_after_an_obligation_has_ended(scene: Owing) -> None:
    row = written(scene)
    mark(row, date(2026, 1, 10))
    Obligation.objects.filter(pk=row.pk).update(ended_on=date(2025, 3, 31))
    refitting.refit(scene.agreement)
    days = [one[0] for one in kept(row)]
    assert days == [date(2025, n, 10) for n in (1, 2, 3)] + [date(2026, 1, 10)]
    row.refresh_from_db()
    with pytest.raises(StateError):
        changed(scene, row, text="Lain")


def test_dates_that_came_without_a_schedule_stay(scene: Owing) -> None:
    due = scene.due()
    refitting.refit(scene.agreement)
    assert Due.objects.filter(pk=due.pk).exists()


def test_an_obligation_is_taken_out_while_nothing_of_it_was_done(scene: Owing) -> None:
    row, other = written(scene), written(scene)
    mark(other, date(2025, 1, 10), "waived")
    actions.remove_obligation(scene.keeper, scene.agreement.pk, row.pk, revision=1, reason="Salah")
    assert kept(row) == []
    assert [one.row.pk for one in owed(scene.agreement, TODAY)] == [other.pk]
    assert AuditRecord.objects.get(verb="obligation_removed").reason == "Salah"
    with pytest.raises(UnseenError):
        actions.remove_obligation(scene.keeper, scene.agreement.pk, row.pk, revision=2)
    with pytest.raises(StateError):
        actions.remove_obligation(scene.keeper, scene.agreement.pk, other.pk, revision=1)
    assert written(scene).number == 3


@pytest.mark.parametrize("arrears", [True, False])
def test_who_takes_over_owes_the_rest_and_no_more(scene: Owing, arrears: bool) -> None:
    row = written(scene, schedule=Schedule(Kind.YEARLY, day=31))
    monthly = written(scene)
    mark(monthly, date(2025, 2, 10))
    mark(monthly, date(2025, 8, 10))
    new, day = a_party(scene.agreement, "Kabupaten Baru"), date(2025, 7, 1)
    before = {one: kept(one) for one in (row, monthly)}
    for one in (row, monthly):
        one.refresh_from_db()
        made = handing_over.hand_over(one, scene.debtor, new, day, arrears=arrears)
        assert made is not None
        for _again in range(2):
            refitting.refit(scene.agreement)
            assert sorted(kept(one) + kept(made), key=lambda due: due[0]) == before[one]
        assert (made.debtor, one.debtor) == (new, scene.debtor)
        assert all(due[0] >= day or arrears for due in kept(made))
    assert dues_of(scene.agreement).count() == 39


def test_a_second_handing_over_counts_nothing_twice(scene: Owing) -> None:
    row = written(scene)
    row.refresh_from_db()
    before, party, rows = kept(row), scene.debtor, [row]
    for n in (1, 2):
        new = a_party(scene.agreement, f"Penerus {n}")
        day = date(2025 + n, 3, 1)
        made = handing_over.hand_over(rows[-1], party, new, day, arrears=bool(n % 2))
        assert made is not None
        rows.append(made)
        party = new
        refitting.refit(scene.agreement)
    assert sorted((due for one in rows for due in kept(one)), key=lambda due: due[0]) == before


def test_a_change_of_what_was_taken_over_does_not_reach_back(scene: Owing) -> None:
    row = written(scene)
    row.refresh_from_db()
    new, day = a_party(scene.agreement, "Penerus"), date(2026, 3, 1)
    made = handing_over.hand_over(row, scene.debtor, new, day, arrears=False)
    assert made is not None
    changed(scene, made, debtor=new.pk, schedule=replace(MONTHLY, day=20))
    assert min(one[0] for one in kept(made)) == day + timedelta(days=19)


def test_a_party_that_has_left_is_told_and_may_stay_where_it_stood(scene: Owing) -> None:
    row = written(scene)
    scene.debtor.left_on = TODAY
    scene.debtor.save()
    assert owed(scene.agreement, TODAY)[0].left
    assert changed(scene, row, text="Membayar iuran tahunan").revision == 2
    with pytest.raises(InvalidError) as caught:
        written(scene)
    assert set(caught.value.fields) == {"debtor"}


def test_what_became_of_an_obligation_is_counted(scene: Owing) -> None:
    row = written(scene)
    mark(row, date(2025, 1, 10))
    mark(row, date(2025, 2, 10), "partly")
    mark(row, date(2025, 3, 10), "waived")
    (told,) = owed(scene.agreement, TODAY)
    assert (told.late, told.open, told.fulfilled, told.waived) == (4, 34, 1, 1)
    assert told.next is not None
    assert told.next.due.on == date(2025, 2, 10)
    assert told.amount == 3600


def draft() -> Owing:
    return owing(begins=BEGINS, ends=ENDS, stage="preparation")


def test_before_an_agreement_binds_dates_are_planned_and_follow_its_days() -> None:
    scene = draft()
    row, agreement = written(scene), scene.agreement
    said = replace(agreement_details(agreement), ends=date(2025, 12, 31))
    edit_agreement(scene.keeper, agreement.pk, said, revision=agreement.revision)
    agreement.refresh_from_db()
    told = owed(agreement, ENDS)[0]
    assert (kept(row), agreement.first_open_due) == ([], None)
    assert (len(told.planned), told.late, told.open) == (12, 0, 0)


def test_what_is_owed_falls_due_once_the_agreement_binds() -> None:
    scene = owing(begins=BEGINS, ends=ENDS, origin="register", stage="signing_agreement")
    row, agreement = written(scene), scene.agreement
    assert kept(row) == []
    agreement.parties.update(stage="implementation")
    settle(agreement)
    assert (agreement.stage, len(kept(row))) == ("implementation", 36)
    assert owed(agreement, TODAY)[0].planned == ()
    mark(row, date(2025, 1, 10))
    agreement.stage = "signing_agreement"
    refitting.refit(agreement)
    assert [one[0] for one in kept(row)] == [date(2025, 1, 10)], "what was done is never lost"
