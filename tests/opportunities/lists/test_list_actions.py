"""Deeds on priority lists: what they change, what they refuse, what they leave behind."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sinergi.accounts.audit.history import history
from sinergi.accounts.errors import ConflictError
from sinergi.accounts.models import AuditRecord
from sinergi.opportunities.lists import actions, errors, queries
from sinergi.opportunities.lists.rules import EntryDetails, ListDetails, moved
from sinergi.opportunities.models import EntryMember, PriorityEntry, PriorityList

from .factories import BY, NAMES, SETTINGS, bappeda, explanation

pytestmark = pytest.mark.django_db
PAIRS = [("63.71", other) for other in NAMES if other != "63.71"]


@pytest.fixture
def plan() -> PriorityList:
    return actions.create_list(BY, bappeda(), ListDetails("RKPD 2028", "Bappeda Kalsel"))


def filled(plan: PriorityList, size: int = 3) -> list[PriorityEntry]:
    return [actions.add_entry(BY, plan.pk, explanation(pair), SETTINGS) for pair in PAIRS[:size]]


def order(plan: PriorityList) -> list[int]:
    return [entry.pk for entry in queries.entries(plan)]


def test_a_list_needs_a_name() -> None:
    with pytest.raises(errors.InvalidError) as caught:
        actions.create_list(BY, bappeda(), ListDetails("  ", ""))
    assert set(caught.value.fields) == {"name"}
    assert not PriorityList.objects.exists()
    assert not AuditRecord.objects.exists()


def test_control_characters_never_reach_a_document() -> None:
    plan = actions.create_list(
        BY, bappeda(), ListDetails("RKPD\x0b 2028\x00", "Bappeda", purpose="a\nb")
    )
    assert (plan.name, plan.purpose) == ("RKPD 2028", "a\nb")


def test_an_entry_keeps_members_snapshot_and_history(plan: PriorityList) -> None:
    details = EntryDetails(proposer="DLH", target_year=2028, funding_channel="APBD_PROV")
    entry = actions.add_entry(BY, plan.pk, explanation(), SETTINGS, details)
    assert entry.members_key == "63.03+63.71+63.72"
    assert list(entry.members.values_list("region_code", "role")) == [
        ("63.71", "host"),
        ("63.72", "spoke"),
        ("63.03", "spoke"),
    ]
    event = history("priority_list", plan.pk)[0]
    assert (event.verb, event.part) == ("entry_added", f"entry:{entry.pk}")
    assert event.after["proposer"] == "DLH"


def test_the_same_opportunity_is_refused_twice_whatever_the_order_of_members(
    plan: PriorityList,
) -> None:
    first = actions.add_entry(BY, plan.pk, explanation(("63.71", "63.03")), SETTINGS)
    with pytest.raises(errors.DuplicateError, match="RKPD 2028") as caught:
        actions.add_entry(BY, plan.pk, explanation(("63.03", "63.71")), SETTINGS)
    assert caught.value.entry_id == first.pk
    assert PriorityEntry.objects.count() == 1


def test_another_list_may_hold_the_same_opportunity(plan: PriorityList) -> None:
    other = actions.create_list(BY, bappeda(), ListDetails("RPJMD", "Bappeda"))
    actions.add_entry(BY, plan.pk, explanation(), SETTINGS)
    assert actions.add_entry(BY, other.pk, explanation(), SETTINGS).position == 1


@pytest.mark.parametrize("year", [1999, 2028.5 * 10, 3000])
def test_a_target_year_out_of_range_is_refused(plan: PriorityList, year: int) -> None:
    with pytest.raises(errors.InvalidError) as caught:
        actions.add_entry(BY, plan.pk, explanation(), SETTINGS, EntryDetails(target_year=year))
    assert list(caught.value.fields) == ["target_year"]
    assert not PriorityEntry.objects.exists()


def test_an_unknown_funding_channel_is_refused(plan: PriorityList) -> None:
    entry = filled(plan, 1)[0]
    with pytest.raises(errors.InvalidError, match="LOTTERY"):
        actions.edit_entry(BY, plan.pk, entry.pk, EntryDetails(funding_channel="LOTTERY"))


def test_a_channel_that_the_evidence_no_longer_offers_may_stay(plan: PriorityList) -> None:
    entry = filled(plan, 1)[0]
    PriorityEntry.objects.filter(pk=entry.pk).update(funding_channel="OLD")
    edited = actions.edit_entry(
        BY, plan.pk, entry.pk, EntryDetails(funding_channel="OLD", note="x")
    )
    assert (edited.funding_channel, edited.note) == ("OLD", "x")


def test_an_edit_from_an_old_revision_overwrites_nothing(plan: PriorityList) -> None:
    entry = filled(plan, 1)[0]
    actions.edit_entry(BY, plan.pk, entry.pk, EntryDetails(note="first"), revision=1)
    with pytest.raises(ConflictError):
        actions.edit_entry(BY, plan.pk, entry.pk, EntryDetails(note="second"), revision=1)
    entry.refresh_from_db()
    assert (entry.note, entry.revision) == ("first", 2)


def test_an_edit_of_nothing_leaves_no_trace(plan: PriorityList) -> None:
    entry = filled(plan, 1)[0]
    events = AuditRecord.objects.count()
    actions.edit_entry(BY, plan.pk, entry.pk, EntryDetails(), revision=1)
    actions.rename_list(BY, plan.pk, ListDetails("RKPD 2028", "Bappeda Kalsel"))
    entry.refresh_from_db()
    assert (entry.revision, AuditRecord.objects.count()) == (1, events)


def test_renaming_records_only_what_changed(plan: PriorityList) -> None:
    details = ListDetails("RKPD 2029", "Bappeda Kalsel")
    changed = actions.rename_list(BY, plan.pk, details, revision=1)
    event = history("priority_list", plan.pk)[0]
    assert (event.before, event.after) == ({"name": "RKPD 2028"}, {"name": "RKPD 2029"})
    assert changed.revision == 2


def test_renaming_from_an_old_revision_is_a_conflict(plan: PriorityList) -> None:
    actions.rename_list(BY, plan.pk, ListDetails("A", "B"), revision=1)
    with pytest.raises(ConflictError):
        actions.rename_list(BY, plan.pk, ListDetails("C", "D"), revision=1)
    assert queries.get_list(BY, plan.pk).name == "A"


def test_moving_shifts_the_others(plan: PriorityList) -> None:
    a, b, c = (entry.pk for entry in filled(plan))
    actions.move_entry(BY, plan.pk, c, 1)
    assert order(plan) == [c, a, b]
    actions.move_entry(BY, plan.pk, c, 99)
    assert order(plan) == [a, b, c]


def test_moving_in_an_order_that_someone_changed_is_a_conflict(plan: PriorityList) -> None:
    a, b, _ = (entry.pk for entry in filled(plan))
    seen = queries.get_list(BY, plan.pk).revision
    actions.move_entry(BY, plan.pk, b, 1, revision=seen)
    with pytest.raises(ConflictError):
        actions.move_entry(BY, plan.pk, a, 3, revision=seen)
    assert order(plan)[:2] == [b, a]


def test_a_move_to_the_same_place_leaves_no_trace(plan: PriorityList) -> None:
    first = filled(plan)[0]
    before = queries.get_list(BY, plan.pk).revision
    actions.move_entry(BY, plan.pk, first.pk, 0)
    assert queries.get_list(BY, plan.pk).revision == before


def test_removing_closes_the_gap_and_restoring_opens_it_again(plan: PriorityList) -> None:
    a, b, c = (entry.pk for entry in filled(plan))
    actions.remove_entry(BY, plan.pk, b)
    assert order(plan) == [a, c]
    assert [entry.position for entry in queries.entries(plan)] == [1, 2]
    actions.restore_entry(BY, plan.pk, b)
    assert order(plan) == [a, b, c]


def test_an_entry_added_again_meanwhile_keeps_the_removed_one_away(plan: PriorityList) -> None:
    entry = filled(plan, 1)[0]
    actions.remove_entry(BY, plan.pk, entry.pk)
    filled(plan, 1)
    with pytest.raises(errors.DuplicateError):
        actions.restore_entry(BY, plan.pk, entry.pk)
    assert len(order(plan)) == 1


def test_removing_twice_says_it_is_gone(plan: PriorityList) -> None:
    entry = filled(plan, 1)[0]
    actions.remove_entry(BY, plan.pk, entry.pk)
    with pytest.raises(errors.NotFoundError):
        actions.remove_entry(BY, plan.pk, entry.pk)


def test_removing_an_entry_that_was_edited_meanwhile_is_a_conflict(plan: PriorityList) -> None:
    entry = filled(plan, 1)[0]
    actions.edit_entry(BY, plan.pk, entry.pk, EntryDetails(note="wait"))
    with pytest.raises(ConflictError):
        actions.remove_entry(BY, plan.pk, entry.pk, revision=1)
    assert order(plan) == [entry.pk]


def test_a_deleted_list_is_closed_until_it_is_restored(plan: PriorityList) -> None:
    entry = filled(plan, 1)[0]
    actions.delete_list(BY, plan.pk)
    for deed in (actions.delete_list, queries.get_list):
        with pytest.raises(errors.NotFoundError):
            deed(BY, plan.pk)
    with pytest.raises(errors.NotFoundError):
        actions.edit_entry(BY, plan.pk, entry.pk, EntryDetails())
    actions.restore_list(BY, plan.pk)
    assert order(plan) == [entry.pk]


def test_a_live_list_cannot_be_restored(plan: PriorityList) -> None:
    with pytest.raises(errors.NotFoundError):
        actions.restore_list(BY, plan.pk)


def test_an_entry_of_another_list_cannot_be_reached(plan: PriorityList) -> None:
    other = actions.create_list(BY, bappeda(), ListDetails("Other", "Bappeda"))
    entry = filled(plan, 1)[0]
    with pytest.raises(errors.NotFoundError):
        actions.remove_entry(BY, other.pk, entry.pk)


def test_renewed_reasons_leave_the_old_score_in_the_history(plan: PriorityList) -> None:
    entry = filled(plan, 1)[0]
    now = explanation(PAIRS[0], evidence="e2", score=0.5, rank=7)
    actions.renew_entry(BY, plan.pk, entry.pk, now, revision=1)
    event = history("priority_list", plan.pk)[0]
    assert event.before == {"score": 0.7124, "rank": 1, "evidence": "e1"}
    assert event.after == {"score": 0.5, "rank": 7, "evidence": "e2"}


def test_reasons_of_another_opportunity_cannot_renew_an_entry(plan: PriorityList) -> None:
    entry = filled(plan, 1)[0]
    with pytest.raises(ValueError, match=r"63\.03"):
        actions.renew_entry(BY, plan.pk, entry.pk, explanation(PAIRS[1]))


def test_a_failing_deed_leaves_nothing_behind(
    plan: PriorityList, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(EntryMember.objects, "bulk_create", broken)
    with pytest.raises(RuntimeError):
        actions.add_entry(BY, plan.pk, explanation(), SETTINGS)
    assert not PriorityEntry.objects.exists()
    assert queries.get_list(BY, plan.pk).revision == 1


@given(st.lists(st.integers(), unique=True, min_size=1), st.data())
def test_moving_keeps_every_item_and_the_order_of_the_others(
    ids: list[int], data: st.DataObject
) -> None:
    item = data.draw(st.sampled_from(ids))
    to = data.draw(st.integers(-3, len(ids) + 3))
    after = moved(ids, item, to)
    assert after[min(max(to, 1), len(ids)) - 1] == item
    assert [i for i in after if i != item] == [i for i in ids if i != item]


DEEDS = st.lists(
    st.tuples(st.sampled_from(["move", "remove", "restore"]), st.integers(0, 3), st.integers(0, 6)),
    max_size=12,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(DEEDS)
def test_no_sequence_of_deeds_loses_an_entry_or_a_position(
    deeds: list[tuple[str, int, int]],
) -> None:
    plan = actions.create_list(BY, bappeda(), ListDetails("Urut", "Bappeda"))
    ids = [entry.pk for entry in filled(plan, 4)]
    for deed, which, to in deeds:
        try:
            if deed == "move":
                actions.move_entry(BY, plan.pk, ids[which], to)
            else:
                getattr(actions, f"{deed}_entry")(BY, plan.pk, ids[which])
        except errors.NotFoundError:
            continue
        live, gone = queries.entries(plan), queries.entries(plan, removed=True)
        assert [entry.position for entry in live] == list(range(1, len(live) + 1))
        assert sorted(entry.pk for entry in [*live, *gone]) == sorted(ids)
