"""The register: what is found by what is asked, to whom it is shown, and what is told of each agreement."""

from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sinergi.agreements.actions.first_due import put_right
from sinergi.agreements.forms.register import address, asked
from sinergi.agreements.models import Agreement, Alarm, Due, Obligation
from sinergi.agreements.queries.register import PAST_END, Wanted, days_left, state_of
from sinergi.agreements.search.index import catch_up
from tests.agreements.making import a_party, an_agreement, bureau, public
from tests.people import organisation, person, signed_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def browser(client: Client) -> Client:
    return signed_in(client, person("Ani Kerjasama", ("coordinator", bureau())))


def page(client: Client, **query: object) -> str:
    answer = client.get(reverse("agreements:agreements") + "?" + urlencode(query))
    assert answer.status_code == 200
    return answer.content.decode()


def owed(agreement: Agreement, on: date, **fields: object) -> Due:
    debtor = agreement.parties.first() or a_party(agreement)
    number = agreement.obligations.count() + 1
    obligation = Obligation.objects.create(
        agreement=agreement, number=number, kind="money", debtor=debtor, text="Membayar"
    )
    return Due.objects.create(obligation=obligation, on=on, **fields)


def test_agreements_are_found_by_everything_that_can_be_asked(browser: Client) -> None:
    one = an_agreement(
        title="Pengelolaan TPA Banjarbakula", number="180/1/PKS", affair="1.03",
        begins=date(2024, 1, 1), ends=TODAY + timedelta(days=40),
    )  # fmt: skip
    a_party(one, "Kota Banjarmasin", region_code="63.71")
    owed(one, TODAY - timedelta(days=3))
    Alarm.objects.create(agreement=one, kind="unpaid", key="1", first_day=TODAY)
    an_agreement(title="Pasokan beras", family="KSDPK", object_code="", state="ended")
    put_right()
    catch_up()

    questions: tuple[dict[str, object], ...] = (
        {"kata": "banjarbakula tpa"}, {"kata": "180/1"}, {"kata": "mengelola tpa"}, {"kata": "banjarmasin"},
        {"rumpun": "KSDD"}, {"keadaan": "living"}, {"wilayah": "63.71"}, {"wilayah": "63"},
        {"pihak": "banjarmasin"}, {"objek": "TPA_REGIONAL"}, {"urusan": "1.03"}, {"mulai": 2024},
        {"berakhir": one.ends.year}, {"hari": 40}, {"terlambat": 1}, {"peringatan": 1},
        {"tahap": "preparation", "rumpun": "KSDD"},
    )  # fmt: skip
    for query in questions:
        told = page(browser, **query)
        assert "Banjarbakula" in told, query
        assert "Pasokan beras" not in told, query
    for query in (
        {"kata": "garam"},
        {"kata": "1/180"},
        {"hari": 39},
        {"mulai": 2023},
        {"wilayah": "64"},
    ):
        assert "Banjarbakula" not in page(browser, **query), query


def test_a_line_tells_parties_days_and_what_is_late(browser: Client) -> None:
    one = an_agreement(ends=TODAY + timedelta(days=10))
    for number in range(6):
        a_party(one, f"Kabupaten {number}")
    owed(one, TODAY - timedelta(days=3))
    owed(one, TODAY - timedelta(days=2), state="fulfilled")
    told = page(browser)
    assert "Kabupaten 3 dan 2 lainnya" in told
    assert "1 terlambat" in told
    assert "10 hari lagi" in told


def test_agreements_of_others_are_not_there(browser: Client) -> None:
    an_agreement(organisation("kota-lain"), title="Rahasia kota lain")
    public(an_agreement(organisation("kota-terbuka"), title="Terbuka bagi semua"))
    told = page(browser)
    assert "Rahasia" not in told
    assert "Terbuka bagi semua" in told
    assert "Terbuka bagi semua" in page(Client())


def test_what_is_past_its_end_is_told_and_not_changed(browser: Client) -> None:
    one = an_agreement(title="Sudah lewat", ends=TODAY - timedelta(days=5))
    an_agreement(title="Masih berlaku", ends=TODAY)
    told = page(browser, keadaan=PAST_END)
    assert "Sudah lewat" in told
    assert "Masih berlaku" not in told
    one.refresh_from_db()
    assert one.state == "living"
    assert state_of(one, TODAY) == PAST_END
    assert days_left(one, TODAY) == -5


def test_those_put_away_are_shown_to_who_may_restore_them(browser: Client) -> None:
    one = an_agreement(title="Disimpan dulu")
    one.deleted_at = timezone.now()
    one.save()
    assert "Disimpan dulu" in page(browser).partition('id="arsip"')[2]
    assert "Disimpan dulu" not in page(Client())


def test_the_page_asks_as_often_for_many_as_for_few(
    browser: Client, django_assert_max_num_queries
) -> None:
    for _number in range(30):
        one = an_agreement()
        a_party(one)
        owed(one, TODAY)
    put_right()
    catch_up()
    for query in ({}, {"kata": "pengelolaan"}, {"terlambat": 1, "rumpun": "KSDD", "wilayah": "63"}):
        with django_assert_max_num_queries(19):
            page(browser, **query)
    told = page(browser)
    assert "halaman=2" in told
    assert page(browser, halaman=2).count("TPA Regional") >= 5


def test_a_search_as_one_types_answers_with_the_results_alone(browser: Client) -> None:
    an_agreement(title="Pengelolaan air baku")
    catch_up()
    answer = browser.get(reverse("agreements:agreements"), {"kata": "air"}, HTTP_HX_REQUEST="true")
    told = answer.content.decode()
    assert "Pengelolaan air baku" in told
    assert "<html" not in told


BAD = ("9" * 5000, "\x00", "-1", "ï", "<b>", "1' or 1", "0", " ")


@pytest.mark.parametrize("key", ["hari", "mulai", "berakhir", "halaman", "wilayah", "kata", "urut"])
def test_bad_questions_are_answered(browser: Client, key: str) -> None:
    for value in BAD:
        page(browser, **{key: value})


@given(
    st.builds(
        Wanted,
        words=st.text("abc ", max_size=8).map(str.strip),
        state=st.sampled_from(["", PAST_END, "ended"]),
        begins=st.none() | st.integers(1900, 2199),
        days=st.none() | st.integers(0, 9999),
        late=st.booleans(),
        order=st.sampled_from(["", "judul"]),
    )
)
def test_an_address_says_what_was_asked(wanted: Wanted) -> None:
    assert asked(dict(parse_qsl(address(wanted)))) == wanted
