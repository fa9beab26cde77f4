"""Plans whose amounts come to more than a database sums up: pages say so or sum exactly, and none breaks."""

from decimal import Decimal

import pytest
from django.test import Client

from sinergi.programs.models import PlanKind
from tests.people import person, signed_in
from tests.programs.making import a_plan, a_version, many_lines, office

pytestmark = pytest.mark.django_db
MOST = Decimal(10) ** 15
NUMBER = 93
SUM = "93.000.000.000.000.000"


@pytest.fixture
def reader(client: Client) -> Client:
    return signed_in(client, person("Ani", ("analyst", office())))


@pytest.fixture
def version(db):
    made = a_version(a_plan(kind=PlanKind.APBD, first_year=2027, last_year=2027))
    many_lines(made, NUMBER, total=MOST)
    return made


@pytest.mark.parametrize(
    "address",
    [
        "/rencana/{plan}/",
        "/rencana/{plan}/versi/1/",
        "/rencana/{plan}/bandingkan/?a=1&b=1",
        "/rencana/{plan}/versi/1/baris.xlsx",
        "/pendanaan/?rencana={plan}",
        "/pendanaan.xlsx?rencana={plan}",
        "/rencana/",
    ],
)
def test_pages_and_files_of_the_plan_open(reader, version, address):
    assert reader.get(address.format(plan=version.plan_id)).status_code == 200


def test_the_plan_and_its_funding_tell_the_exact_sum(reader, version):
    for address in (f"/rencana/{version.plan_id}/", f"/pendanaan/?rencana={version.plan_id}"):
        assert SUM in reader.get(address).content.decode()


def test_the_ledger_says_what_it_cannot_sum_and_lists_the_plans(reader, version):
    page = reader.get("/en/aliran-dana/")
    assert page.status_code == 200
    assert "come to more than can be summed up" in page.content.decode()
    assert (
        "Kabupaten Bandung holds Rp 93,000,000,000,000,000 of it in 2027" in page.content.decode()
    )
    assert version.plan.title in page.content.decode()


def test_the_file_of_that_ledger_is_refused_with_the_same_words(reader, version):
    refused = reader.get("/en/aliran-dana.xlsx")
    assert refused.status_code == 422
    assert "come to more than can be summed up" in refused.content.decode()
