"""The page of a finding: what it costs to draw, where its lines lie, how figures are written."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from sinergi.accounts.models import Person
from sinergi.programs.models import FindingLine
from sinergi.programs.synchronise import telling
from sinergi.programs.synchronise.shown import marked
from tests.people import organisation
from tests.programs.making import a_plan, a_version, office, planner, public
from tests.programs.sync.playing import BRIDGE, a_run, line, same_bridge

pytestmark = pytest.mark.django_db
REGIONS = ("32.04", "32.73", "32.77", "32.17", "32.05", "32.11")


def number_of_queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def repeated_in(number):
    """Somebody and a finding of a line that stands several times in a public plan of another."""
    owner = office()
    by = planner(owner, "approver")
    version = a_version(public(a_plan(organisation("kota-cimahi"))))
    for _ in range(number):
        line(version)
    return by, a_run(by, owner, [version]).findings.get(rule="repeated")


def test_more_lines_of_a_finding_make_no_more_queries(client):
    by, few = repeated_in(2)
    _by, many = repeated_in(9)
    client.force_login(Person.objects.get(pk=by.person_id))
    assert many.lines.count() == 9
    assert number_of_queries(client, few.get_absolute_url()) == number_of_queries(
        client, many.get_absolute_url()
    )


def test_more_regions_of_a_run_make_no_more_queries(client):
    owner = office()
    by = planner(owner, "approver")
    client.force_login(Person.objects.get(pk=by.person_id))
    versions = [a_version(a_plan(owner, region_code=code)) for code in REGIONS]
    for version in versions:
        line(version)
    few, many = a_run(by, owner, versions[:2]), a_run(by, owner, versions)
    assert number_of_queries(client, few.get_absolute_url()) == number_of_queries(
        client, many.get_absolute_url()
    )


def test_regions_are_told_with_their_findings_and_what_is_at_stake(client):
    by, run, found = same_bridge()
    client.force_login(Person.objects.get(pk=by.person_id))
    told = client.get(run.get_absolute_url()).context["regions_at_stake"]
    assert {one["code"]: (one["n"], one["stake"]) for one in told} == dict.fromkeys(
        ("32.04", "32.73"), (1, found.stake)
    )


def test_targets_are_written_as_people_write_them(client):
    by, _run, found = same_bridge()
    client.force_login(Person.objects.get(pk=by.person_id))
    held = found.lines.first()
    held.said |= {"target": 60.0, "unit": "Meter", "output": "Panjang"}
    held.save()
    assert "Panjang 60 Meter" in client.get(found.get_absolute_url()).content.decode()
    told = telling.told(
        "units_differ", {"target": 60.0, "unit": "m", "target_b": 1250.5, "unit_b": "km"}
    )
    assert "60 m" in told
    assert "60,0" not in told
    assert "1.250,5 km" in told


def test_the_page_tells_where_lines_lie_and_shows_no_map_of_nothing(client):
    by, _run, found = same_bridge()
    client.force_login(Person.objects.get(pk=by.person_id))
    address = f"/en{found.get_absolute_url()}"
    page = client.get(address)
    assert page.context["places"] == [("Kabupaten Bandung", 1, 0), ("Kota Bandung", 1, 0)]
    assert "data-sync-map" in page.content.decode()
    for one in FindingLine.objects.filter(finding=found):
        one.said |= {"region": ""}
        one.save()
    text = client.get(address).content.decode()
    assert "data-sync-map" not in text
    assert "No map: neither a point nor a region of these lines is known." in text
    assert BRIDGE.split()[2] in text


@pytest.mark.parametrize(
    ("rule", "facts", "told"),
    [
        ("code_moved", {"code": "1.03", "moved_to": "1.04", "n": 2}, "1 kode pada 2 baris. 1.03 → 1.04"),
        ("code_unknown", {"under": "1.03", "codes": ["1.03.9"], "n": 1}, "1 kode pada 1 baris. 1.03.9"),
        ("design_after_build", {"work": "pasar", "build": 2026, "earlier": 2027}, "“Pasar” dimulai 2026"),
        ("repeated", {"size": 2, "each": 100}, "2 baris, masing-masing Rp 1"),
    ],
    ids=["moved", "unknown", "order", "repeated"],
)  # fmt: skip
def test_findings_of_runs_of_former_versions_are_still_told(rule, facts, told):
    assert told.casefold() in telling.told(rule, facts).casefold()


def test_words_are_marked_where_texts_were_compared_and_only_where_they_mean_another(client):
    assert [word for word, other in marked("Jl. Basirih 1", "Jalan Basirih 2") if other] == ["1"]
    by, found = repeated_in(2)
    client.force_login(Person.objects.get(pk=by.person_id))
    assert "<mark>" not in client.get(found.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("rule", "facts", "told"),
    [
        ("repeated_small", {"groups": 1}, "1 group of equal lines."),
        ("repeated_small", {"groups": 2}, "2 groups of equal lines."),
        ("border_years_apart", {"home": "32.04", "other": "32.73", "gap": 1}, "lie 1 year apart."),
    ],
    ids=["one group", "two groups", "one year"],
)
def test_one_is_told_as_one(rule, facts, told):
    with translation.override("en"):
        assert telling.told(rule, facts).endswith(told)


def test_one_line_and_one_plan_are_told_as_one(client):
    owner = office()
    by = planner(owner, "approver")
    client.force_login(Person.objects.get(pk=by.person_id))
    version = a_version(a_plan(owner, region_code="32.04"))
    line(version, code="1.01.02.1.01.0019", activity="")
    run = a_run(by, owner, [version])
    page = client.get(f"/en/sinkronisasi/{run.pk}/").content.decode()
    assert "1 line, 1 plan<" in page.replace("\n", "")
    found = run.findings.get(rule="level_not_holder")
    found.facts["lines"] = 2
    found.save()
    page = client.get(f"/en/sinkronisasi/{run.pk}/temuan/{found.pk}/").content.decode()
    assert "1 more line belongs to this finding." in page
