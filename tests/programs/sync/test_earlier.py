"""Small budget findings that are grouped anew: what was decided on them before is told, and where."""

import pytest

from sinergi.accounts.models import Person, Visibility
from sinergi.programs.actions import sync
from sinergi.programs.actions.sync_decisions import Decision, decide
from sinergi.programs.models import FindingDecision, Outcome, Plan
from sinergi.programs.queries.sync_earlier import earlier
from tests.people import organisation
from tests.programs.making import a_plan, a_version, office, planner, public
from tests.programs.sync.playing import BILLION, a_run, line

pytestmark = pytest.mark.django_db
YEAR = {"first_year": 2025, "last_year": 2025}
WHY = Decision(Outcome.DISMISS, "Pembulatan harga")


def exceeded(budget, packages, *names, over=100):
    """Budget lines of one agency, each with a package that exceeds it by little."""
    for name in names:
        line(budget, name, activity=name, agency="Dinas A")
        amounts = {2025: BILLION + over}
        line(packages, name, code="", activity="", agency="Dinas A", amounts=amounts)


def scene(owner, holder=None):
    """A budget and the packages of one government."""
    holder = holder or owner
    return [a_version(a_plan(holder, kind=kind, **YEAR)) for kind in ("apbd", "rup")]


def over_line(run):
    return list(run.findings.filter(rule="package_over_line").order_by("position"))


@pytest.fixture
def two():
    """Somebody, the plans, and a run with two small findings, of which the first is dismissed."""
    owner = office()
    by = planner(owner, "approver")
    plans = scene(owner)
    exceeded(*plans, "Jalan Utara", "Jalan Selatan")
    run = a_run(by, owner, plans)
    first, _second = over_line(run)
    decide(by, run.pk, first.pk, WHY)
    return by, owner, plans, run, first


def test_a_decision_on_one_of_several_is_told_when_they_are_grouped_in_another_run(two):
    by, owner, plans, _run, first = two
    exceeded(*plans, "Jalan Timur")
    other = a_run(by, owner, plans)
    (group,) = over_line(other)
    (told,) = earlier(by, other, group)
    assert (told.decision.text, told.finding, told.lines) == (WHY.text, first, 2)
    assert told.shared == [first.lines.first().said["title"]]


def test_a_decision_is_told_when_its_finding_is_gone_from_the_run_computed_again(two):
    by, _owner, plans, run, _first = two
    exceeded(*plans, "Jalan Timur")
    sync.run_again(by, run.pk)
    (group,) = over_line(run)
    assert FindingDecision.objects.get().finding is None
    (told,) = earlier(by, run, group)
    assert (told.decision.text, told.finding) == (WHY.text, None)
    decide(by, run.pk, group.pk, Decision(Outcome.DISMISS, "Semua pembulatan"))
    sync.run_again(by, run.pk)
    assert len(earlier(by, run, over_line(run)[0])) == 1


def test_a_decision_on_a_group_is_told_at_each_that_stands_alone_later():
    owner = office()
    by = planner(owner, "approver")
    plans = scene(owner)
    exceeded(*plans, "Jalan Utara", "Jalan Selatan", "Jalan Timur")
    run = a_run(by, owner, plans)
    (group,) = over_line(run)
    decide(by, run.pk, group.pk, WHY)
    for version in plans:
        version.lines.filter(title="Jalan Timur").delete()
    sync.run_again(by, run.pk)
    alone = over_line(run)
    assert [len(earlier(by, run, one)) for one in alone] == [1, 1]
    assert [one.shared for one in earlier(by, run, alone[0])] == [
        [alone[0].lines.first().said["title"]]
    ]


def test_what_was_opened_again_or_is_on_other_lines_is_not_told(two):
    by, owner, plans, run, first = two
    other = a_run(by, owner, plans)
    assert [earlier(by, other, one) for one in over_line(other)] == [[], []]
    decide(by, run.pk, first.pk, Decision(Outcome.REOPEN))
    exceeded(*plans, "Jalan Timur")
    other = a_run(by, owner, plans)
    assert earlier(by, other, over_line(other)[0]) == []


def test_a_decision_on_plans_that_are_no_longer_open_is_not_told():
    owner, holder = office(), organisation("kota-cimahi")
    by = planner(owner, "approver")
    plans, hidden = scene(owner, holder), scene(owner, holder)
    for version in (*plans, *hidden):
        public(version.plan)
    exceeded(*plans, "Jalan Utara", "Jalan Selatan")
    run = a_run(by, owner, plans)
    first, _second = over_line(run)
    made = decide(by, run.pk, first.pk, WHY)
    exceeded(*plans, "Jalan Timur")
    sync.run_again(by, run.pk)
    (group,) = over_line(run)
    assert len(earlier(by, run, group)) == 1
    made.refresh_from_db()
    made.details["about"]["versions"].append(hidden[0].pk)
    made.save()
    Plan.objects.filter(pk=hidden[0].plan_id).update(visibility=Visibility.PRIVATE)
    assert earlier(by, run, group) == []


@pytest.mark.parametrize(
    ("language", "heading", "link"),
    [
        (
            "/en",
            "Decided when these lines were grouped otherwise",
            "The finding on which it was made",
        ),
        (
            "",
            "Diputuskan ketika baris ini dikelompokkan lain",
            "Temuan tempat keputusan ini dibuat",
        ),
    ],
    ids=["en", "id"],
)
def test_the_page_says_so_and_leads_to_the_earlier_finding(client, two, language, heading, link):
    by, owner, plans, _run, first = two
    exceeded(*plans, "Jalan Timur")
    (group,) = over_line(a_run(by, owner, plans))
    client.force_login(Person.objects.get(pk=by.person_id))
    former = f'href="{language}{first.get_absolute_url()}">{link}</a>'
    page = client.get(f"{language}{group.get_absolute_url()}").content.decode()
    assert all(text in page for text in (heading, former, WHY.text))
    assert heading not in client.get(f"{language}{first.get_absolute_url()}").content.decode()
