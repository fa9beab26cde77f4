"""The demo's plans: examples that say so, in which what does not fit is found; removed, they stay so."""

import csv
from decimal import Decimal

from django.utils import timezone

from sinergi.accounts.models import AuditRecord, Visibility
from sinergi.analysis.ledger import apportion
from sinergi.opportunities.models import PriorityList
from sinergi.programs.actions.sync import run_again
from sinergi.programs.models import (
    JointObject,
    LineAmount,
    Plan,
    PlanLine,
    Portfolio,
    Ranking,
    SyncRun,
)
from sinergi.programs.queries.joint import shares_seen
from sinergi.programs.queries.plans import plans
from sinergi.programs.queries.priority import scores
from sinergi.reference.models import Activity
from sinergi.site.demo.people import acts_as
from sinergi.site.demo.plans import EXAMPLES, FILES, PACKAGES, PLANNER, ensure_plans
from sinergi.site.demo.prepare import prepare_demo
from sinergi.site.demo.together import COMPARED, LIST, QUOTAS, ensure_together

MADE = (Plan, PlanLine, SyncRun, JointObject, Ranking, Portfolio, PriorityList, AuditRecord)
TABLES = (*MADE[:-1], LineAmount)


def test_plans_say_that_they_are_examples(demo):
    found = Plan.objects.all()
    assert {one.title for one in found} == {one.title for one in EXAMPLES}
    assert all(one.title.startswith("Demo – ") for one in found)
    assert all(one.title.endswith("(contoh)") for one in found)
    assert all("bukan data resmi" in one.source for one in found)
    assert all("bukan data resmi" in one.licence for one in found)
    assert all("Contoh rekaan" in one.note for one in PlanLine.objects.all())


def test_each_file_came_in_whole(demo):
    for one in EXAMPLES:
        with (FILES / one.file).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        version = Plan.objects.get(title=one.title).versions.get()
        assert (version.state, version.filename) == ("current", one.file)
        assert version.lines.count() == len(rows)
        told = sum(Decimal(v) for r in rows for k, v in r.items() if k.startswith("amount:") and v)
        assert sum(version.lines.values_list("total", flat=True)) == told


def test_every_kind_of_finding_occurs_but_codes_which_need_a_nomenclature(demo):
    run = SyncRun.objects.get()
    assert run.state == "done"
    kinds = set(run.findings.values_list("kind", flat=True))
    assert kinds >= {"duplicate", "overlap", "gap", "conflict", "authority", "funding"}
    assert "code" not in kinds
    decided = run.findings.get(rule="same_across")
    assert {one.said["title"][:22] for one in decided.lines.all()} == {
        "Rekonstruksi Jalan Lin",
        "Rekonstruksi Jl. Lingk",
    }
    assert decided.decisions.get().outcome == "merge"


def test_with_a_nomenclature_retired_and_unknown_codes_are_found(demo):
    used = PlanLine.objects.exclude(code__in=("", "1.03.10.1.01.0005", "1.03.10.2.01.0199"))
    known = dict(used.values_list("code", "activity")) | {
        "1.03.10.1.01.0056": "Pemeliharaan Berkala Jalan"
    }
    Activity.objects.bulk_create(
        Activity(
            code=code,
            name=name,
            level="subactivity",
            authority="PROVINSI" if code.split(".")[3] == "1" else "KABKOTA",
        )
        for code, name in known.items()
    )
    run = run_again(acts_as(PLANNER), SyncRun.objects.get().pk)
    rules = dict(run.findings.filter(kind="code").values_list("rule", "facts"))
    assert rules["code_moved"]["codes"][0]["moved_to"] == "1.03.10.1.01.0056"
    assert [one["code"] for one in rules["code_unknown"]["codes"]] == ["1.03.10.2.01.0199"]


def test_the_landfill_asks_the_member_that_has_no_line(demo):
    found = SyncRun.objects.get().findings.filter(rule="promise_without_money")
    landfill = found.get(source_list__name=LIST)
    assert landfill.regions == ["63.03"]


def test_five_payers_owe_the_bill_by_quota_and_one_has_no_line(demo):
    row = JointObject.objects.get()
    seen = shares_seen(acts_as("analis.banjarmasin"), row)
    payers = [one for one in seen if one.share.pays]
    owed = apportion(6_524_375_000, [105, 90, 60, 10, 10])
    assert [int(one.due) for one in payers] == owed
    without = [one.share.region_code for one in payers if one.share.identity is None]
    assert without == ["63.03"]
    for one, amount in zip(payers, owed, strict=True):
        if one.share.identity is not None:
            assert PlanLine.objects.get(identity=one.share.identity).total == amount
    assert list(QUOTAS) == [one.share.region_code for one in payers]


def test_everybody_of_the_demo_reads_the_plans_but_the_packages(demo):
    names = set(plans(acts_as("analis.palangkaraya")).values_list("title", flat=True))
    assert names == {one.title for one in EXAMPLES} - {PACKAGES.title}
    assert Plan.objects.get(title=PACKAGES.title).visibility == Visibility.PRIVATE


def test_the_ranking_scores_its_lines_and_the_portfolio_takes_the_scores(demo):
    ranking = Ranking.objects.get()
    assert ranking.alternatives.count() == len(COMPARED)
    assert ranking.weightings.count() == 2
    ranked = [one for one in scores(acts_as("analis.banjarbaru"), ranking.pk) if one.rank]
    portfolio = Portfolio.objects.get()
    assert portfolio.projects.filter(score__gt=0).count() == len(ranked) > 20
    assert portfolio.ceilings.exists()
    assert portfolio.rules.count() == 3
    assert portfolio.runs.count() == 1


def test_twice_in_a_row_makes_nothing_more(demo, tmp_path):
    before = [model.objects.count() for model in MADE]
    prepare_demo(tmp_path)
    assert [model.objects.count() for model in MADE] == before


def test_what_somebody_put_away_does_not_come_back(demo):
    for model in (Plan, SyncRun, JointObject, Ranking, Portfolio, PriorityList):
        model.objects.update(deleted_at=timezone.now())
    before = [model.objects.count() for model in TABLES]
    assert (ensure_plans(), ensure_together()) == (0, 0)
    assert [model.objects.count() for model in TABLES] == before


def test_without_any_plan_nothing_is_done_with_plans(demo):
    Plan.objects.update(deleted_at=timezone.now())
    SyncRun.objects.all().delete()
    assert ensure_together() == 0
    assert not SyncRun.objects.exists()
