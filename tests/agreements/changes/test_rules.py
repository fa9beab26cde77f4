"""What can change an agreement, who has to agree, how it read on a day: pure rules."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.agreements.changes import (
    AgreementFacts,
    ChangeDetails,
    Effect,
    PartyFacts,
    applied,
    as_of,
    binds_obligations,
    chain_of,
    faults,
    is_bound,
    makes_cycle,
    needs_consent,
    out_of_order,
    takes_effect,
    waited_for,
    who_decides,
)

TODAY = date(2026, 11, 23)
GROUNDS = ("time", "consent", "breach")
RUNNING = AgreementFacts(
    stage="implementation", begins=date(2024, 2, 29), ends=date(2027, 2, 28), obligatory="sukarela"
)
THREE = tuple(PartyFacts(n, f"Kabupaten {n}", "PEMDA", f"63.0{n}") for n in (1, 2, 3))
ANY = ChangeDetails("addendum", "Adendum", TODAY, TODAY)


def found(details: ChangeDetails, facts: AgreementFacts = RUNNING, parties=THREE) -> set[str]:
    return set(faults(details, facts, parties, GROUNDS, TODAY))


def test_what_is_signed_carried_out_or_ended_is_bound() -> None:
    assert not is_bound(AgreementFacts(stage="preparation"))
    assert is_bound(AgreementFacts(stage="drafting_agreement", signed=True))
    assert is_bound(RUNNING)
    assert is_bound(AgreementFacts(state="ended"))


def test_obligations_are_written_anew_while_an_addendum_is_agreed_on() -> None:
    assert binds_obligations(RUNNING)
    assert not binds_obligations(replace(RUNNING, addendum_agreed=True))


def test_a_change_cannot_hold_before_its_cause_nor_be_caused_in_the_future() -> None:
    assert found(ANY) == set()
    assert found(replace(ANY, effective=TODAY - timedelta(days=1))) == {"effective"}
    assert found(replace(ANY, on=TODAY + timedelta(days=1), effective=None)) == {"on"}
    assert found(replace(ANY, effective=None)) == {"effective"}
    assert found(replace(ANY, on=None)) == {"on"}
    early = date(2024, 2, 28)
    assert found(replace(ANY, on=early, effective=early)) == {"effective"}


def test_what_is_not_signed_is_edited_and_what_has_ended_stays() -> None:
    assert found(ANY, AgreementFacts(stage="offer")) == {"kind"}
    assert found(ANY, replace(RUNNING, state="ended")) == {"kind"}
    renewal = replace(ANY, kind="renewal")
    assert found(renewal, replace(RUNNING, state="ended")) == set()
    assert found(replace(ANY, kind="unheard_of")) == {"kind"}


def test_only_mandatory_cooperation_is_taken_over() -> None:
    takeover = replace(ANY, kind="takeover")
    assert found(takeover) == {"kind"}
    assert found(takeover, replace(RUNNING, obligatory="wajib")) == set()


def test_an_extension_moves_the_last_day_and_comes_in_time() -> None:
    extension = replace(ANY, kind="extension", after={"ends": date(2028, 2, 29)})
    assert found(extension) == set()
    assert found(replace(extension, after={})) == {"ends"}
    assert found(replace(extension, after={"ends": date(2027, 2, 28)})) == {"ends"}
    assert found(extension, replace(RUNNING, ends=None)) == {"ends"}
    over = replace(RUNNING, ends=TODAY - timedelta(days=2))
    assert found(extension, over) == {"effective"}
    assert found(extension, replace(RUNNING, ends=TODAY - timedelta(days=1))) == set()


def test_an_addendum_keeps_days_in_order() -> None:
    assert found(replace(ANY, after={"ends": date(2023, 1, 1)})) == {"ends"}


def test_changes_of_parties_name_them_and_leave_two_at_least() -> None:
    leaving = replace(ANY, kind="leaving", party=1)
    assert found(leaving) == set()
    assert found(replace(leaving, party=9)) == {"party"}
    assert found(leaving, parties=THREE[:2]) == {"party"}
    assert found(replace(ANY, kind="joining")) == {"name"}
    kota = {"name": "Kota", "region_code": "63.99"}
    assert found(replace(ANY, kind="joining", after={"party": kota})) == set()
    desa = {"name": "Desa", "region_code": ""}
    assert found(replace(ANY, kind="joining", after={"party": desa})) == {"region_code"}
    assert found(replace(ANY, kind="transfer")) == {"party", "name"}
    assert found(replace(ANY, kind="succession", party=1)) == {"successors"}


def test_an_ending_has_a_ground_of_the_pack_and_everything_a_title() -> None:
    assert found(replace(ANY, kind="ending", ground="breach")) == set()
    assert found(replace(ANY, kind="ending", ground="boredom")) == {"ground"}
    assert found(replace(ANY, title="")) == {"title"}
    assert found(replace(ANY, title="x" * 201)) == {"title"}


def test_every_party_agrees_unless_a_fact_or_somebody_else_decides() -> None:
    assert needs_consent("addendum")
    assert needs_consent("ending", "consent")
    assert not needs_consent("ending", "breach")
    assert not needs_consent("succession")
    said = {"1": {"agrees": True}, "2": {"agrees": False}}
    assert [one.number for one in waited_for(THREE, said)] == [2, 3]
    assert not takes_effect("addendum", "", THREE, said)
    everyone = {str(n): {"agrees": True} for n in (1, 2, 3)}
    assert takes_effect("addendum", "", THREE, everyone)
    assert takes_effect("ending", "breach", THREE, {})


@pytest.mark.parametrize(
    ("codes", "who"),
    [
        (("63.01", "63.02"), "governor"),
        (("63.01", "62.02"), "minister"),
        (("63", "63.01"), "minister"),
        (("63", "62"), "minister"),
        (("63.01", ""), "as_agreed"),
    ],
)
def test_disputes_go_to_the_governor_within_a_province_and_to_the_minister_beyond(
    codes, who
) -> None:
    parties = [PartyFacts(n, "x", "PEMDA", code) for n, code in enumerate(codes)]
    assert who_decides(parties) == who
    assert who_decides([*parties, PartyFacts(9, "PT", "PIHAK_KETIGA")]) == who


DAYS = st.integers(0, 400).map(lambda n: date(2025, 1, 1) + timedelta(days=n))
FIELDS = st.dictionaries(
    st.sampled_from(["ends", "scope", "place"]), st.integers(0, 5), min_size=1, max_size=3
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[dict[str, int], list[Effect]]:
    """Values at the beginning, and what changed them day by day."""
    start = {"ends": 0, "scope": 0, "place": 0}
    days = sorted(draw(st.lists(DAYS, max_size=6, unique=True)))
    made, now = [], dict(start)
    for day in days:
        after = draw(FIELDS)
        made.append(Effect(day, {name: now[name] for name in after}, after))
        now |= after
    return start, made


@given(histories(), DAYS, st.randoms())
def test_effects_commute_with_reading_as_of_a_day(history, day, random) -> None:
    start, effects = history
    shuffled = list(effects)
    random.shuffle(shuffled)
    now = applied(start, shuffled)
    by_then = [one for one in effects if one.effective <= day]
    assert as_of(now, shuffled, day) == applied(start, by_then)


def test_an_earlier_change_of_the_same_field_comes_too_late() -> None:
    later = Effect(date(2026, 5, 1), {"ends": 1}, {"ends": 2})
    assert out_of_order(date(2026, 4, 1), {"ends"}, [later])
    assert not out_of_order(date(2026, 4, 1), {"scope"}, [later])
    assert not out_of_order(date(2026, 6, 1), {"ends"}, [later])


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=20))
def test_a_chain_has_no_cycle(links) -> None:
    follows: dict[int, int | None] = {}
    for number, before in links:
        if not makes_cycle(follows, number, before):
            follows[number] = before
    for number in range(9):
        chain = chain_of(follows, number)
        assert len(set(chain)) == len(chain)
        assert follows.get(chain[0]) is None
        assert chain[-1] == number


def test_a_chain_that_was_broken_in_the_table_still_ends() -> None:
    assert chain_of({1: 2, 2: 1}, 1) == (2, 1)
