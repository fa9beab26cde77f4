"""The calendar shows what one may read, in both languages, and refuses months that there are not."""

from datetime import date

import pytest
from django.urls import reverse

from sinergi.accounts.models import Person
from tests.agreements.making import an_agreement, bureau, officer, public, stranger
from tests.people import signed_in

pytestmark = pytest.mark.django_db
PAGES = ("calendar", "calendar-file")


def page(client, by, name="calendar", **query):
    signed_in(client, Person.objects.get(pk=by.person_id))
    return client.get(reverse(f"agreements:{name}"), query)


@pytest.mark.parametrize("name", PAGES)
def test_the_end_of_an_agreement_stands_in_its_month_for_who_may_read_it(client, name):
    row = an_agreement(bureau(), title="TPA Regional", ends=date(2026, 2, 28))
    keeper = officer(row.organisation)
    assert "TPA Regional" in page(client, keeper, name, bulan="2026-02", milik="1").content.decode()
    for other in ({"bulan": "2026-03"}, {"bulan": "2026-02", "jenis": "due"}):
        assert "TPA Regional" not in page(client, keeper, name, **other).content.decode()
    assert "TPA Regional" not in page(client, stranger(), name, bulan="2026-02").content.decode()


def test_what_is_public_is_not_ones_own(client):
    public(an_agreement(title="TPA Regional", ends=date(2026, 2, 28)))
    by = stranger()
    assert "TPA Regional" in page(client, by, bulan="2026-02").content.decode()
    assert "TPA Regional" not in page(client, by, bulan="2026-02", milik="1").content.decode()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    "query",
    ["bulan=2026-13", "bulan=0-1", "bulan=" + "9" * 5000 + "-1", "bulan=x", "bulan=2026-%00", "jenis=x"],
    ids=["month-13", "year-0", "digits", "word", "nul", "kind"],
)  # fmt: skip
def test_what_is_no_month_is_refused(client, name, query):
    assert 400 <= client.get(f"{reverse(f'agreements:{name}')}?{query}").status_code < 500
