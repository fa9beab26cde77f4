"""Every rule is reached through the app, with all that somebody needs to settle what it finds."""

import pytest
from django.utils import translation

from sinergi.accounts.models import Person
from sinergi.analysis.synchronise import KINDS, NOTES
from sinergi.programs.models import Finding
from sinergi.programs.synchronise import telling, words
from sinergi.programs.synchronise.compute import _digest
from tests.programs.making import office, planner
from tests.programs.sync.playing import a_run
from tests.programs.sync.scenes import SCENES, levels, stages

pytestmark = pytest.mark.django_db
COMPARED = {"same_across", "same_name", "same_in_plan", "some_apart", "many_alike", "part_of_same"}
LANGUAGES = ("id", "en")


def in_both(tell, *given):
    """What is told in each language."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found.append(tell(*given))
    return found


def test_every_rule_is_in_a_scene():
    assert set().union(*SCENES.values()) == {
        rule for rule, kind in KINDS.items() if kind not in NOTES
    }


@pytest.mark.parametrize(("scene", "rules"), SCENES.items(), ids=[one.__name__ for one in SCENES])
def test_a_planner_meets_the_rule_with_all_that_he_needs_to_settle_it(client, scene, rules):
    owner = office()
    by = planner(owner, "approver")
    client.force_login(Person.objects.get(pk=by.person_id))
    run = a_run(by, owner, scene(owner))
    assert set(run.findings.values_list("rule", flat=True)) >= rules
    for rule in sorted(rules):
        found = run.findings.filter(rule=rule).first()
        assert_told(found)
        for prefix, remedy in zip(("", "/en"), in_both(words.remedy, rule), strict=True):
            address = f"{prefix}/sinkronisasi/{run.pk}/temuan/{found.pk}/"
            page = client.get(address).content.decode()
            assert remedy in page.replace("&quot;", '"').replace("&#x27;", "'")


def test_a_title_of_another_level_is_told_with_the_words_of_the_rule():
    owner = office()
    run = a_run(planner(owner), owner, levels(owner))
    assert "“Jalan provinsi”" in telling.told(
        "names_other_level", run.findings.get(rule="names_other_level").facts
    )


def assert_told(found: Finding):
    assert found.severity in (1, 2, 3)
    assert found.regions
    assert found.tells_of.exists()
    assert found.lines.exists() or found.rule == "promise_without_money"
    for tell in (words.rule_name, words.remedy):
        own, english = in_both(tell, found.rule)
        assert own
        assert own != english != found.rule
    own, english = in_both(telling.told, found.rule, found.facts)
    assert own
    assert english
    assert "None" not in own + english
    assert bool(telling.evidence(found.facts)) == (found.rule in COMPARED)


def test_what_was_decided_on_lines_told_as_one_work_counts_when_they_are_asked_of():
    owner = office()
    run = a_run(planner(owner), owner, stages(owner))
    found = run.findings.get(rule="some_apart")
    lines = [one.line for one in found.lines.select_related("line__version")]
    rule = "same_in_plan" if len({one.version.plan_id for one in lines}) == 1 else "same_across"
    told_as_one = _digest(rule, "", *sorted(str(one.identity) for one in lines))
    assert found.key == told_as_one
