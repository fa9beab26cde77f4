"""What holds for every set of plans: order changes nothing, and equal plans give only duplicates."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.analysis.synchronise import synchronise
from tests.analysis.synchronise.making import (
    BILLION,
    A,
    B,
    amounts,
    law,
    lines,
    near,
    pairs,
    plans,
    promises,
)

TITLES = ("Jembatan Sei Alalak", "DED Gedung Pasar Baru", "Pembangunan Gedung Pasar Baru",
          "Ruas Simpang Beta", "Ruas Pasar Alfa", "Peningkatan jalan provinsi 3", "Rapat")  # fmt: skip
CODES = ("1.03.10.2.01.0001", "1.03.10.1.01.0001", "1.03.10.2.01.0099", "")
OF = ((A, "KABKOTA", 4), (B, "KABKOTA", 2), (A, "KABKOTA", 5))
row = st.fixed_dictionaries(
    {
        "plan": st.integers(1, 3),
        "title": st.sampled_from(TITLES),
        "code": st.sampled_from(CODES),
        "activity": st.sampled_from(["Pembangunan Jalan", ""]),
        "agency": st.sampled_from(["Dinas A", "Dinas B"]),
        "object": st.sampled_from(["ROAD", "IRRIGATION", ""]),
        "region": st.sampled_from([A, B]),
        "first_year": st.just(2026),
        "last_year": st.integers(2026, 2028),
        "amount": st.sampled_from([0, BILLION // 100, BILLION, 3 * BILLION]),
    }
)
CHOSEN = promises(("7", "ROAD", A, "hub", 2026), ("7", "ROAD", B, "spoke", 2026))


def all_of(rows):
    """Return the tables of some rows; lines of the same title are alike."""
    table, numbers = lines(*rows), range(1, len(rows) + 1)
    alike = pairs(
        *((a, b, 0.95, None if a % 3 else "number") for a in numbers for b in numbers
          if a < b and rows[a - 1]["title"] == rows[b - 1]["title"])
    )  # fmt: skip
    paid = amounts(*((number, ("DAK", "DEKON", "")[number % 3], 500) for number in numbers))
    return table, alike, paid, near(*((number, B, 1.0) for number in numbers if number % 4 == 0))


@settings(max_examples=12, deadline=None)
@given(st.lists(row, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, random):
    def found(shuffle):
        table, alike, paid, close = all_of(rows)
        of = plans(*OF)
        if shuffle:
            table, alike, paid, of, chosen = (
                one.sample(fraction=1, shuffle=True, seed=random.randrange(999))
                if one.height
                else one
                for one in (table, alike, paid, of, CHOSEN)
            )
        else:
            chosen = CHOSEN
        return synchronise(
            table, of, pairs=alike, amounts=paid, promises=chosen, near=close, law=law()
        )

    assert found(shuffle=False).equals(found(shuffle=True))


@settings(max_examples=12, deadline=None)
@given(st.lists(row, max_size=10))
def test_every_finding_names_lines_and_plans_that_are_there(rows):
    table, alike, paid, close = all_of(rows)
    told = synchronise(table, plans(*OF), pairs=alike, amounts=paid, near=close, law=law())
    assert set(told["lines"].explode().drop_nulls()) <= set(table["id"])
    assert set(told["plans"].explode().drop_nulls()) <= {1, 2, 3}
    assert told["severity"].is_between(1, 3).all()
    assert told["firmness"].is_between(0, 1).all()
    assert (told["stake"].drop_nulls() >= 0).all()


@settings(max_examples=6, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=6, unique=True))
def test_equal_plans_give_only_duplicates(numbers):
    good = [
        {"code": "1.03.10.2.01.0001", "activity": "Pembangunan Jalan", "title": f"Jembatan Sei {n}"}
        for n in numbers
    ]
    table = lines(*good, *({**one, "plan": 2} for one in good))
    twins = pairs(*((n, n + len(good), 0.99, None) for n in range(1, len(good) + 1)))
    told = synchronise(table, plans((A, "KABKOTA", 2), (A, "KABKOTA", 2)), pairs=twins, law=law())
    assert told["rule"].unique().to_list() == ["same_across"]
    assert told.height == len(good)


def test_two_thousand_lines_in_order_give_no_finding_without_pairs():
    one = lines({"code": "1.03.10.2.01.0001", "activity": "Pembangunan Jalan"})
    many = pl.concat([one] * 2_000).with_columns(
        id=pl.int_range(1, 2_001, dtype=pl.Int64),
        title=pl.format("Ruas {}", pl.int_range(2_000)),
    )
    assert synchronise(many, plans((A, "KABKOTA", 2)), law=law()).is_empty()
