"""Decisions: what each asks for, that they stay, and that a dismissed finding comes back with changes."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError
from sinergi.programs.actions import sync
from sinergi.programs.actions.sync_decisions import Decision, decide, share_faults
from sinergi.programs.models import FindingDecision, Outcome, PlanLine
from sinergi.programs.queries import sync as queries
from sinergi.programs.synchronise.telling import agreed
from tests.programs.making import planner
from tests.programs.sync.playing import a_run, same_bridge

pytestmark = pytest.mark.django_db


def faults(by, run, found, **values):
    with pytest.raises(InvalidError) as refused:
        decide(by, run.pk, found.pk, Decision(**values))
    return set(refused.value.fields)


def again(by, run, found):
    """The finding after the run was computed anew."""
    sync.run_again(by, run.pk)
    return queries.findings(by, run).get(key=found.key)


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"outcome": Outcome.ACCEPT}, {"text", "who"}),
        ({"outcome": Outcome.MERGE, "stays": "x"}, {"stays"}),
        ({"outcome": Outcome.DISMISS}, {"text"}),
        ({"outcome": Outcome.REOPEN}, {"outcome"}),
        ({"outcome": Outcome.RETIME}, {"first_year"}),
        ({"outcome": Outcome.RETIME, "first_year": 2027, "last_year": 2026}, {"last_year"}),
        ({"outcome": Outcome.SHARE}, {"shares"}),
    ],
    ids=["accept", "merge", "dismiss", "reopen", "retime", "years", "share"],
)
def test_each_decision_says_at_its_field_what_it_asks_for(values, wrong):
    by, run, found = same_bridge()
    assert faults(by, run, found, **values) == wrong


def test_a_merger_names_the_line_that_stays_and_changes_no_line():
    by, run, found = same_bridge()
    before = list(PlanLine.objects.order_by("pk").values())
    stays = str(found.lines.first().identity)
    decide(by, run.pk, found.pk, Decision(Outcome.MERGE, stays=stays))
    told = queries.findings(by, run).get(pk=found.pk)
    assert queries.standing(told) == "decided"
    assert list(PlanLine.objects.order_by("pk").values()) == before


def test_a_dismissed_finding_stays_dismissed_in_the_next_run_and_in_another():
    by, run, found = same_bridge()
    decide(by, run.pk, found.pk, Decision(Outcome.DISMISS, text="dua jembatan"))
    assert queries.standing(again(by, run, found)) == "dismissed"
    other = a_run(by, run.organisation, [row.version for row in run.compared.all()])
    assert queries.standing(queries.findings(by, other).get(key=found.key)) == "dismissed"


def test_a_dismissed_finding_comes_back_when_a_line_changes():
    by, run, found = same_bridge()
    decide(by, run.pk, found.pk, Decision(Outcome.DISMISS, text="dua jembatan"))
    changed = found.lines.first().line
    changed.output = "1 unit"
    changed.save()
    assert queries.standing(again(by, run, found)) == "returned"
    assert queries.in_standing(queries.findings(by, run), "open").filter(key=found.key).exists()


def test_a_finding_is_opened_again():
    by, run, found = same_bridge()
    decide(by, run.pk, found.pk, Decision(Outcome.DISMISS, text="x"))
    decide(by, run.pk, found.pk, Decision(Outcome.REOPEN))
    assert queries.standing(queries.findings(by, run).get(pk=found.pk)) == "open"
    assert FindingDecision.objects.count() == 2


def test_who_decided_second_is_told_of_the_first():
    by, run, found = same_bridge()
    decide(by, run.pk, found.pk, Decision(Outcome.DISMISS, text="x"), seen=0)
    with pytest.raises(ConflictError):
        decide(by, run.pk, found.pk, Decision(Outcome.DISMISS, text="y"), seen=0)


def test_a_viewer_does_not_decide():
    _by, run, found = same_bridge()
    with pytest.raises(ForbiddenError):
        decide(planner(run.organisation, "viewer"), run.pk, found.pk, Decision(Outcome.REOPEN))


def test_a_split_in_rupiah_that_misses_one_is_refused_and_one_that_fits_is_kept():
    by, run, found = same_bridge()
    shares = {"32.04": Decimal(60), "32.73": Decimal(39)}
    values = {"outcome": Outcome.SHARE, "cost": Decimal(100)}
    assert faults(by, run, found, shares=shares, **values) == {"shares"}
    kept = decide(by, run.pk, found.pk, Decision(shares={**shares, "32.73": Decimal(40)}, **values))
    assert kept.details["shares"] == {"32.04": "60", "32.73": "40"}


amounts = st.decimals(min_value=0, max_value=10**15, places=2, allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(st.lists(amounts, min_size=2, max_size=6), st.integers(-1, 1))
def test_a_split_is_taken_exactly_when_it_adds_up(parts, off):
    shares = {str(place): part for place, part in enumerate(parts)}
    cost = sum(parts, Decimal(0)) + off * Decimal("0.01")
    told = share_faults(None, Decision(Outcome.SHARE, cost=cost, shares=shares))
    assert (told == {}) == (off == 0 and cost > 0)


@pytest.mark.parametrize(
    ("cost", "shares", "per_cent", "told"),
    [
        ("9600000000", ("5000000000", "4500000000"), False, "masih kurang Rp\u00a0100.000.000."),
        ("100", ("60", "40.01"), False, "Jumlah bagian Rp\u00a0100,01; kelebihan Rp\u00a00,01."),
        ("100", ("60.5", "39"), True, "Jumlah bagian 99,5%, bukan 100%."),
    ],
    ids=["missing", "too_much", "per_cent"],
)
def test_shares_that_do_not_fit_are_told_as_people_write_them(cost, shares, per_cent, told):
    given_shares = {code: Decimal(one) for code, one in zip(("63", "63.71"), shares, strict=True)}
    decision = Decision(Outcome.SHARE, cost=Decimal(cost), shares=given_shares, per_cent=per_cent)
    assert told in share_faults(None, decision)["shares"]


def test_what_was_agreed_is_told_in_words():
    details = {"shares": {"32.04": "60", "32.73": "40"}, "per_cent": True, "cost": "1000"}
    assert agreed(details, {}) == [
        "Biaya yang dibagi: Rp 1.000", "Kabupaten Bandung: 60% (Rp 600)", "Kota Bandung: 40% (Rp 400)"
    ]  # fmt: skip
    assert agreed({"years": [2026, 2027]}, {}) == ["Tahun pelaksanaan baru: 2026–2027"]
    assert agreed({"years": [2029, 2029]}, {}) == ["Tahun pelaksanaan baru: 2029"]
    assert agreed({"stays": "x"}, {"x": "Jembatan"}) == ["Tetap: Jembatan"]
