"""Payers of a joint object without a linked line: a line is called missing only where one could look."""

import pytest

from sinergi.accounts.models import Person
from sinergi.programs.actions.money import make_joint
from sinergi.programs.models import PlanLine
from sinergi.programs.queries.joint import OFFERED, Standing, offered_lines, shares_seen
from tests.people import organisation, signed_in
from tests.programs.making import a_line, a_plan, a_version, office, planner
from tests.programs.pages.test_joint import its_plan, landfill, share

pytestmark = pytest.mark.django_db
PAYER = "63.03"


def standing(**more):
    row = make_joint(planner(), office(), landfill(share(PAYER, 1), **more))
    return shares_seen(planner(), row)[0].standing


def test_a_payer_whose_plan_is_not_here_is_not_accused():
    assert standing(object_code="TPA_REGIONAL") is Standing.NO_PLAN


@pytest.mark.parametrize(
    "more",
    [{"owner": "lain"}, {"first_year": 2023, "last_year": 2024}],
    ids=["not readable", "another year"],
)
def test_a_plan_that_cannot_be_read_or_is_of_another_year_is_not_here(more):
    told = {"owner": organisation("lain")} if "owner" in more else more
    years = {"first_year": 2022, "last_year": 2022}
    version = a_version(a_plan(region_code=PAYER, **{**years, **told}))
    a_line(version, "Kompensasi TPA Banjarbakula")
    assert standing(object_code="TPA_REGIONAL") is Standing.NO_PLAN


@pytest.mark.parametrize(
    ("title", "code", "wanted"),
    [
        ("Kompensasi TPA", "TPA_REGIONAL", Standing.NOT_LINKED),
        ("Kompensasi Banjarbakula", "", Standing.NOT_LINKED),
        ("Pembangunan jalan desa", "", Standing.NOT_LINKED),
        ("Pembangunan jalan desa", "TPA_REGIONAL", Standing.NO_LINE),
    ],
    ids=["a line alike", "alike without an object", "no object to look for", "none found"],
)
def test_a_line_is_missing_only_where_none_is_found(title, code, wanted):
    its_plan(PAYER, title)
    assert standing(object_code=code) is wanted


def test_many_lines_of_one_payer_hide_no_line_of_another():
    its_plan("63.04", *["Kompensasi TPA"] * (2 * OFFERED + 2))
    its_plan(PAYER, "Iuran")
    PlanLine.objects.update(object_code="TPA_REGIONAL")
    row = make_joint(
        planner(),
        office(),
        landfill(share("63.04", 1), share(PAYER, 1), object_code="TPA_REGIONAL"),
    )
    assert {one.standing for one in shares_seen(planner(), row)} == {Standing.NOT_LINKED}
    offered = {code: len(lines) for code, lines in offered_lines(planner(), row).items()}
    assert offered == {"63.04": OFFERED, PAYER: 1}


def test_the_page_says_what_is_not_known(client):
    by = planner()
    its_plan("63.04", "Kompensasi TPA")
    shares = (share(PAYER, 1), share("63.04", 1))
    row = make_joint(by, office(), landfill(*shares, object_code="TPA_REGIONAL"))
    client = signed_in(client, Person.objects.get(pk=by.person_id))
    page = client.get(f"/en/objek-bersama/{row.pk}/").content.decode()
    assert "no budget line" not in page
    assert "No line is linked yet for: Kabupaten Barito Kuala." in page
    assert "whether there is a budget line is not known: Kabupaten Banjar." in page
    told = client.get(f"/objek-bersama/{row.pk}.csv").content.decode()
    assert "pos anggarannya belum ditautkan" in told
    assert "rencananya untuk tahun itu tidak ada di sini" in told
