"""What becomes of what is still owed: nothing is forgotten, and money is conserved."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sinergi.agreements.settlements import (
    Fate,
    OpenDue,
    Span,
    fates,
    groups,
    last_day,
    said,
    sums,
    undecided,
)

DAY = date(2026, 6, 30)
DUES = st.lists(
    st.builds(
        OpenDue,
        number=st.integers(1, 10**6),
        obligation=st.integers(1, 5),
        on=st.integers(-200, 200).map(lambda n: DAY + timedelta(days=n)),
        rest=st.none() | st.integers(0, 10**12).map(lambda n: Decimal(n) / 100),
    ),
    max_size=30,
    unique_by=lambda due: due.number,
)


def test_what_is_open_is_grouped_by_obligation_and_side_of_the_day() -> None:
    dues = [
        OpenDue(1, 7, DAY, Decimal(5)),
        OpenDue(2, 7, DAY + timedelta(days=1), Decimal(6)),
        OpenDue(3, 4, DAY, None),
    ]
    found = groups(dues, DAY)
    assert [str(one.key) for one in found] == ["4:before", "7:before", "7:after"]
    assert [one.rest for one in found] == [0, 5, 6]
    assert Fate.SETTLED not in found[2].choices


def test_what_was_said_is_read_strictly() -> None:
    told = {"4:before": "waived", "7:after": "sold", "x:after": "waived", "7": "waived", "": ""}
    assert {str(key): fate for key, fate in said(told).items()} == {"4:before": Fate.WAIVED}


def test_what_is_not_due_yet_cannot_be_settled() -> None:
    found = groups([OpenDue(1, 7, DAY + timedelta(days=1), Decimal(6))], DAY)
    assert undecided(found, said({"7:after": "settled"})) == found
    assert undecided(found, said({"7:after": "survives"})) == ()


@given(DUES, st.randoms())
def test_every_open_due_is_settled_waived_or_survives_and_money_is_conserved(dues, random) -> None:
    found = groups(dues, DAY)
    decided = {one.key: random.choice(one.choices) for one in found}
    assert undecided(found, decided) == ()
    by_number = fates(found, decided)
    assert set(by_number) == {one.number for one in dues}
    money = sums(found, decided)
    assert sum(money.values()) == sum((one.rest or Decimal(0) for one in dues), Decimal(0))


@given(DUES, st.randoms())
def test_nothing_falls_due_after_the_day_but_what_survives(dues, random) -> None:
    found = groups(dues, DAY)
    decided = {one.key: random.choice(one.choices) for one in found}
    last = last_day(found, decided, DAY)
    for one in found:
        survives = decided[one.key] is Fate.SURVIVES and one.key.span is Span.AFTER
        assert last[one.key.obligation] >= (one.last if survives else DAY)
