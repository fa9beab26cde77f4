"""Pages of plans, versions and lines: what they show, to whom, and what is told of mistakes."""

from dataclasses import replace
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from sinergi.accounts.models import Organisation, Person
from sinergi.programs.actions import versions
from sinergi.programs.actions.lines import edit_line
from sinergi.programs.models import Plan, PlanLine, VersionState
from sinergi.programs.rules import line_details
from tests.people import person, signed_in
from tests.programs.making import a_line, a_plan, a_version, many_lines, office, planner, public

pytestmark = pytest.mark.django_db
BASE = {
    "title": "Pembangunan jembatan",
    "code": "1.03.10.2.01",
    "first_year": "2025",
    "last_year": "2026",
    "amounts-year": ["2025", "2026"],
    "amounts-channel": ["DAK_FISIK", ""],
    "amounts-amount": ["Rp 2,5 miliar", "1.000,50"],
}


@pytest.fixture
def owner() -> Organisation:
    return office()


@pytest.fixture
def analyst(owner: Organisation) -> Person:
    return person("Ani Perencana", ("coordinator", owner))


@pytest.fixture
def browser(client: Client, analyst: Person) -> Client:
    return signed_in(client, analyst)


def address(name: str, *args: object, **query: object) -> str:
    return reverse(f"programs:{name}", args=args) + (f"?{urlencode(query)}" if query else "")


def test_plans_are_found_by_kind_year_region_and_organisation(browser: Client) -> None:
    plan = a_plan(title="RKPD Kabupaten Bandung 2025")
    a_line(a_version(plan), amounts={2025: 2_500_000_000})
    a_plan(title="APBD Garut", kind="apbd", region_code="32.05", first_year=2024, last_year=2024)
    hidden = a_plan(office("bappeda-garut"), title="Rahasia Garut")

    page = browser.get(address("plans")).content.decode()
    assert "RKPD Kabupaten Bandung 2025" in page
    assert "2,50\u00a0miliar" in page
    assert hidden.title not in page
    for query in ({"jenis": "rkpd"}, {"tahun": 2026}, {"wilayah": "32.04"}, {"kata": "bandung"}):
        found = browser.get(address("plans", **query)).content.decode()
        assert "RKPD Kabupaten Bandung 2025" in found
        assert "APBD Garut" not in found


def test_a_plan_is_made_once_however_often_its_form_is_sent(
    browser: Client, owner: Organisation
) -> None:
    form = browser.get(address("plan-new")).context["form"]
    sent = {
        "organisation": owner.pk,
        "once": form["once"].value(),
        "title": "RKPD 2026",
        "kind": "rkpd",
        "region_code": "32.04",
        "first_year": 2026,
        "last_year": 2026,
    }

    first = browser.post(address("plan-new"), sent)
    again = browser.post(address("plan-new"), sent)

    assert first.status_code == again.status_code == 302
    assert Plan.objects.count() == 1


def test_what_is_wrong_with_a_plan_is_told_and_what_was_typed_is_kept(
    browser: Client, owner: Organisation
) -> None:
    sent = {"organisation": owner.pk, "title": "RKPD", "kind": "rkpd", "region_code": "32.04"}

    answer = browser.post(address("plan-new"), {**sent, "first_year": "2026", "last_year": "2025"})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"last_year"}
    assert 'value="RKPD"' in answer.content.decode()


def test_a_plan_shows_its_versions_its_sums_and_pages_of_lines(browser: Client) -> None:
    version = a_version()
    many_lines(version, 60)
    a_version(version.plan, VersionState.DRAFT, label="perubahan")

    answer = browser.get(version.plan.get_absolute_url())

    page = answer.content.decode()
    assert answer.context["edition"] == version
    assert "perubahan" in page
    assert "60.000.000" in page
    assert len(answer.context["page"].object_list) == 50
    second = browser.get(version.plan.get_absolute_url(), {"halaman": 2})
    assert len(second.context["page"].object_list) == 10


def test_however_many_lines_a_plan_asks_the_database_as_often(
    browser: Client, django_assert_max_num_queries
) -> None:
    version = a_version()
    many_lines(version, 120)
    browser.get(version.plan.get_absolute_url())

    with django_assert_max_num_queries(40):
        browser.get(version.plan.get_absolute_url())


def test_a_stranger_sees_a_public_plan_without_what_is_in_preparation(client: Client) -> None:
    plan = public(a_plan())
    a_line(a_version(plan), "Jalan lama")
    draft = a_version(plan, VersionState.DRAFT)
    a_line(draft, "Jalan rahasia")

    page = client.get(plan.get_absolute_url()).content.decode()

    assert "Jalan lama" in page
    assert "Jalan rahasia" not in page
    assert client.get(address("version", plan.pk, draft.number)).status_code == 404
    assert client.get(address("plan", a_plan().pk)).status_code == 404


def test_a_line_is_typed_with_amounts_as_an_indonesian_writes_them(browser: Client) -> None:
    version = a_version(state=VersionState.DRAFT)

    answer = browser.post(address("line-new", version.plan_id, version.number), BASE)

    assert answer.status_code == 302, answer.context["form"].errors
    line = PlanLine.objects.get()
    assert line.total == Decimal("2500001000.50")
    page = browser.get(answer["Location"]).content.decode()
    assert "2.500.000.000" in page
    assert "Penyelenggaraan Jalan Kabupaten/Kota" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [("2,5 M", "0.amount"), ("USD 5", "0.amount"), ("1,250", "0.amount"), ("-5", "0.amount")],
)
def test_an_amount_that_is_not_clear_is_told_in_its_row(
    browser: Client, typed: str, told: str
) -> None:
    version = a_version(state=VersionState.DRAFT)
    sent = {**BASE, "amounts-amount": [typed, "1.000,50"]}

    answer = browser.post(address("line-new", version.plan_id, version.number), sent)

    assert answer.status_code == 422
    assert set(answer.context["form"].rows.faults) == {told}
    assert typed in answer.content.decode()
    assert "1.000,50" in answer.content.decode()


def test_two_amounts_of_one_year_and_channel_are_told_in_their_row(browser: Client) -> None:
    version = a_version(state=VersionState.DRAFT)
    sent = {**BASE, "amounts-year": ["2025", "2025"], "amounts-channel": ["", ""]}

    answer = browser.post(address("line-new", version.plan_id, version.number), sent)

    assert set(answer.context["form"].rows.faults) == {"1.channel"}


def test_a_code_of_another_level_is_told_and_kept_when_ticked(browser: Client) -> None:
    version = a_version(state=VersionState.DRAFT)
    sent = {**BASE, "code": "1.03.10.1.01"}
    new = address("line-new", version.plan_id, version.number)

    refused = browser.post(new, sent)
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"code"}

    assert browser.post(new, {**sent, "keep": "on"}).status_code == 302
    assert PlanLine.objects.get().remarks == ["level_province"]


def test_the_second_of_two_who_change_a_line_sees_what_the_first_wrote(browser: Client) -> None:
    line = a_line(a_version(), code="1.03.10.2.01", activity="Jalan", amounts={2025: 5})
    edit = address("line-edit", line.version.plan_id, line.identity)
    form = browser.get(edit).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name != "amounts"}
    sent |= {f"initial-{name}": value for name, value in sent.items() if name != "revision"}
    rows = {"amounts-year": ["2025"], "amounts-channel": [""], "amounts-amount": ["5"]}
    sent |= {"initial-amounts": form["amounts"].value(), **rows}
    for box in ("keep", "is_transfer", "initial-keep", "initial-is_transfer"):
        sent.pop(box, None)
    edit_line(planner(), line.pk, replace(line_details(line), agency="Dinas PUTR"))

    answer = browser.post(edit, {**sent, "title": "Jembatan lain"})

    assert answer.status_code == 409
    assert [one.present for one in answer.context["met"]] == ["Dinas PUTR"]
    assert "Jembatan lain" in answer.content.decode()


def test_lines_of_a_loaded_version_are_changed_in_a_new_version(browser: Client) -> None:
    loaded = a_version(filename="apbd.xlsx", sha256="0" * 64)
    line = a_line(loaded)
    plan = loaded.plan

    answer = browser.get(address("line-edit", plan.pk, line.identity))
    assert answer["Location"] == address("version", plan.pk, loaded.number)

    page = browser.get(address("plan", plan.pk))
    sent = {"nama": "perubahan", "dari": loaded.pk, "revision": plan.revision}
    sent["once"] = page.context["token"]
    for _twice in range(2):
        answer = browser.post(address("version-new", plan.pk), sent)
        assert answer["Location"] == address("version", plan.pk, 2)
    assert plan.versions.count() == 2
    draft = plan.versions.get(number=2)
    assert draft.lines.get().identity == line.identity
    plan.refresh_from_db()
    browser.post(address("version-current", plan.pk, 2), {"revision": plan.revision})
    draft.refresh_from_db()
    assert draft.state == VersionState.CURRENT


def test_a_line_is_removed_and_stays_in_the_version_before(browser: Client) -> None:
    first = a_version()
    line = a_line(first)
    draft = versions.make_version(planner(), first.plan_id, copy_of=first.pk)

    browser.post(
        address("line-remove", first.plan_id, line.identity) + f"?versi={draft.number}",
        {"revision": 1},
    )

    assert not draft.lines.exists()
    page = browser.get(address("line", first.plan_id, line.identity))
    assert page.status_code == 200


def test_two_versions_are_shown_side_by_side(browser: Client) -> None:
    first = a_version()
    a_line(first, "Jalan lama")
    draft = versions.make_version(planner(), first.plan_id, copy_of=first.pk)
    PlanLine.objects.filter(version=draft).update(title="Jalan baru")

    page = browser.get(address("compare", first.plan_id)).content.decode()

    assert "Jalan lama" in page
    assert "Jalan baru" in page


def test_what_is_typed_is_answered_while_it_is_typed(client: Client) -> None:
    amount = client.get(address("amount-check", **{"amounts-amount": "2,5 miliar"}))
    assert "2.500.000.000" in amount.content.decode()
    unclear = client.get(address("amount-check", **{"amounts-amount": "1,250"}))
    assert "Rp" not in unclear.content.decode()
    place = client.get(address("place-check", place="Jl. Raya Kota Bandung", milik="32"))
    assert "Kota Bandung" in place.content.decode()
    code = client.get(address("code-check", code="1.03.10.1.01", milik="32.04"))
    assert "flag" in code.content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_lines_are_handed_out_with_their_exact_amounts(browser: Client, kind: str) -> None:
    version = a_version()
    a_line(version, "=HYPERLINK()", amounts={(2025, "DAK_FISIK"): "90071992547409.93", 2026: 7})

    answer = browser.get(address("lines-file", version.plan_id, version.number, kind))

    assert answer.status_code == 200
    if kind == "csv":
        text = answer.content.decode("utf-8-sig")
        assert "amount:2025:DAK_FISIK" in text.splitlines()[0]
        assert '"90071992547409,93"' in text
        assert "'=HYPERLINK()" in text


@pytest.mark.parametrize(
    "query",
    ["halaman=99999999999", "tahun=20x5", "kata=%00", "wilayah=%F0%9F%98%80", "catatan=%22"],
)
def test_nonsense_in_an_address_breaks_nothing(browser: Client, query: str) -> None:
    version = a_version()
    a_line(version)

    assert browser.get(f"{version.plan.get_absolute_url()}?{query}").status_code == 200
    assert browser.get(f"{address('plans')}?{query}").status_code == 200
