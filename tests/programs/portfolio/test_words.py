"""Runs in words: what changes, why choices are fewer, what is done at the moment, who was silent."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from sinergi.programs.actions import portfolio_limits as limits
from sinergi.programs.models import PortfolioRun, RunState
from sinergi.programs.portfolio import compute, tasks, words
from sinergi.programs.portfolio.giving_way import relaxed
from sinergi.programs.portfolio.rules import RunDetails
from tests.programs.making import planner
from tests.programs.portfolio.made import knapsack


@pytest.mark.parametrize(
    ("change", "low", "high", "told"),
    [
        (0.0, 0.0, 0.0, "stays: proven that nothing is gained or lost"),
        (1.75, 1.75, 1.75, "+1.75 points, proven"),
        (-4.0, -4.0, -4.0, "−4.00 points, proven"),
        (0.0, 0.0, 0.7, "between 0.00 and +0.70 points; the choice found: 0.00"),
        (2.0, 1.0, None, "at least +1.00 points"),
        (-2.0, None, 0.0, "−2.00 points so far; how much at most is not known"),
    ],
    ids=["nothing", "gain", "loss", "interval", "open above", "open below"],
)
def test_a_change_of_the_score_is_told_in_words(change, low, high, told):
    with override("en"):
        assert words.effect({"change": change, "low": low, "high": high}) == told


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ({"least": 500}, "The ceiling of channel not stated in 2025 is Rp 5 too low."),
        ({"least": 300}, "The ceiling of channel not stated in 2025 is at least Rp 3 too low."),
        ({"least": None}, "The ceiling of channel not stated in 2025 is too low."),
        ({}, "The ceiling of channel not stated in 2025 is too low."),
    ],
    ids=["all", "at least", "not proven", "of earlier days"],
)
def test_only_what_is_proven_to_lack_is_told_as_a_number(told, text):
    with override("en"):
        row = {"kind": "ceiling", "year": 2025, "channel": "", "amount": 500, **told}
        assert relaxed(row, {}) == text


@pytest.mark.parametrize(
    ("kind", "measure", "text"),
    [
        ("minimum", "available", "The least share of 99.99 (60%) cannot be kept with the other"),
        ("maximum", "score", "The most of 99.99 (60%) cannot be kept with the other limits."),
    ],
    ids=["least", "most"],
)
def test_a_share_of_which_nothing_is_proven_is_told_without_a_number(kind, measure, text):
    row = {"kind": kind, "measure": measure, "region": "99.99", "limit": 600_000, "amount": 100}
    with override("en"):
        told = relaxed(row, {})
    assert told.startswith(text)
    assert "Rp" not in told


@pytest.mark.parametrize(
    ("measure", "language", "text"),
    [
        (
            "available",
            "en",
            "(60%) exceeds by Rp 1 what its projects can get under the other limits.",
        ),
        ("available", "id", "(60%) melebihi yang dapat diperoleh proyeknya bersama batas lainnya"),
        ("spent", "en", "(60% of the money that is spent) is missed by at least Rp 1 under"),
        ("spent", "id", "(60% dari dana yang dipakai) kurang paling sedikit Rp 1 bersama batas"),
    ],
    ids=["all money, en", "all money, id", "spent, en", "spent, id"],
)
def test_a_least_share_is_told_as_what_it_is_a_share_of(measure, language, text):
    row = {"kind": "minimum", "measure": measure, "region": "99.99", "limit": 600_000}
    with override(language):
        assert text in relaxed({**row, "amount": 100, "least": 100}, {}).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("none", "language", "text"),
    [
        (
            True,
            "en",
            "no other choice is possible that differs in a fifth of the projects, where each",
        ),
        (True, "id", "tidak mungkin ada pilihan lain yang berbeda pada seperlima proyek, dengan"),
        (
            False,
            "en",
            "loses at most 2% of the score and differs in a fifth of the projects, where each",
        ),
        (False, "id", "kehilangan skor paling banyak 2% dan berbeda pada seperlima proyek, dengan"),
    ],
    ids=["none, en", "none, id", "lossy, en", "lossy, id"],
)
def test_what_is_proven_of_other_choices_tells_that_each_holds_its_own(none, language, text):
    told = {"others_asked": 3, "others": [{}], "others_why": "lossy", "others_none": none}
    with override(language):
        made = words._fewer(told)
    assert text in made
    assert "5%" in made


@pytest.mark.parametrize(("score", "told"), [(0.43, True), (0.0, False)], ids=["seen", "unseen"])
def test_a_gap_that_a_proof_leaves_is_told_as_its_precision(score, told):
    run = {"status": "optimal", "gap": {"score": score, "share": 1e-7, "money": None}}
    assert words._gap(run)["precision"] == told


@pytest.mark.parametrize(
    ("found", "why", "lost", "told"),
    [
        (5, "", None, ""),
        (3, "", None, ""),
        (3, "time", None, "Asked for 5 choices, found 3. The time was over"),
        (1, "ended", None, "Asked for 5 choices, found 1. The solver was ended"),
        (1, "lossy", 0.034, "Such a choice loses at least 3.4% of the score."),
    ],
    ids=["enough", "before it was told", "time", "ended", "lossy"],
)
def test_fewer_choices_than_asked_say_why(found, why, lost, told):
    result = {
        "others_asked": 5,
        "others": [{}] * found,
        "others_why": why,
        "others_least_lost": lost,
    }
    with override("en"):
        text = words._fewer(result)
    assert told in text
    assert bool(text) == bool(told)


@pytest.mark.parametrize(
    ("state", "progress", "told"),
    [
        (RunState.WAITING, 0, ""),
        (RunState.RUNNING, 5, "Searching for the best choice."),
        (RunState.RUNNING, 55, "nearly as good"),
        (RunState.RUNNING, 71, "what each limit costs"),
        (RunState.DONE, 100, ""),
    ],
    ids=["waiting", "choosing", "seeking", "pricing", "done"],
)
def test_a_run_tells_what_it_is_doing(state, progress, told):
    with override("en"):
        text = words.stage(PortfolioRun(state=state, progress=progress))
    assert told in text
    assert bool(text) == bool(told)


@pytest.mark.django_db
def test_every_part_of_a_run_tells_of_itself(monkeypatch):
    monkeypatch.setattr("sinergi.analysis.portfolio.outside.TICK_SECONDS", 0.0)
    run = limits.begin_run(planner(), knapsack(planner()).pk, RunDetails(seconds=5, others=2))
    told: list[int] = []
    compute.compute_run(run, planner(), told.append)
    for first, last in (compute.CHOOSING, compute.SEEKING, compute.PRICING):
        assert any(first <= percent < last for percent in told)
    assert told == sorted(told)


@pytest.fixture
def running(db):
    by = planner()
    return PortfolioRun.objects.create(
        portfolio=knapsack(by), state=RunState.RUNNING, progress=42, asked={"seconds": 5}
    )


@pytest.mark.parametrize(
    ("silent", "ended"), [(tasks.SILENT + timedelta(seconds=9), 1), (timedelta(seconds=9), 0)]
)
def test_a_run_of_which_nothing_is_heard_has_ended(running, silent, ended):
    rows = PortfolioRun.objects.filter(pk=running.pk)
    rows.update(told_at=timezone.now() - silent)
    assert limits.end_silent(rows) == ended
    running.refresh_from_db()
    assert (running.state == RunState.FAILED) == bool(ended)
    assert bool(running.failure) == bool(ended)


def test_a_run_that_is_delivered_again_after_its_process_died_is_ended_and_not_repeated(running):
    rows = PortfolioRun.objects.filter(pk=running.pk)
    rows.update(told_at=timezone.now() - tasks.SILENT * 2)
    tasks.compute.call(running.pk, second_factor=False, request_id="")
    running.refresh_from_db()
    assert running.state == RunState.FAILED
    assert running.result == {}


def test_a_run_tells_when_it_began(db):
    run = limits.begin_run(planner(), knapsack(planner()).pk, RunDetails(seconds=5, others=1))
    assert run.told_at is not None
    assert run.failure == ""
