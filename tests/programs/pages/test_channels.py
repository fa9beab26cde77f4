"""The page that sets the funding channel of many lines: it tells first what it touches, then does it."""

import json
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sinergi.accounts.models import Organisation
from sinergi.programs.models import LineAmount, PlanLine, PlanVersion, VersionState
from tests.people import person, signed_in
from tests.programs.making import a_line, a_plan, a_version, many_lines, office, public

pytestmark = pytest.mark.django_db
DAU, DAK = "DAU_BG", "DAK_FISIK"


@pytest.fixture
def owner() -> Organisation:
    return office()


@pytest.fixture
def browser(client: Client, owner: Organisation) -> Client:
    return signed_in(client, person("Ani Perencana", ("analyst", owner)))


def address_of(name: str, *args: object, language: str = "id") -> str:
    with translation.override(language):
        return reverse(f"programs:{name}", args=args)


def page_of(version: PlanVersion, language: str = "id", **asked: object) -> str:
    address = address_of("version-channels", version.plan_id, version.number, language=language)
    return address + (f"?{urlencode(asked, doseq=True)}" if asked else "")


def text(answer) -> str:
    return answer.content.decode().replace("\xa0", " ")


def a_budget(**fields: object) -> PlanVersion:
    """A version with two lines of one agency that state nothing, one of another, one of a channel."""
    version = a_version(a_plan(kind="apbd"), **fields)
    a_line(version, "Jalan A", agency="Dinas PUTR", amounts={2025: 1_000_000})
    a_line(version, "Jalan B", agency="Dinas PUTR", amounts={2025: 250_000})
    a_line(version, "Jalan C", agency="Dinas PUTR", amounts={(2025, DAK): 7_000})
    a_line(version, "Obat", agency="Dinkes", amounts={2025: 500})
    return version


def test_before_it_is_set_the_page_tells_lines_rupiah_and_other_channels(browser: Client) -> None:
    version = a_budget()

    page = text(browser.get(page_of(version, "en", perangkat="PUTR", menjadi=DAU)))

    assert "3 lines fit the filter." in page
    assert "<strong>2 lines</strong>, for <strong>Rp 1,250,000</strong>" in page
    assert "1 line has another channel already" in page
    assert "Jalan C" in page
    assert "Jalan A" not in page
    assert not LineAmount.objects.filter(channel=DAU).exists()


def test_in_indonesian_too(browser: Client) -> None:
    page = text(browser.get(page_of(a_budget(), perangkat="PUTR", menjadi=DAU)))

    assert "3 baris sesuai saringan." in page
    assert "<strong>2 baris</strong>, sebesar <strong>Rp 1.250.000</strong>" in page
    assert "1 baris sudah menyebut sumber dana lain" in page


def test_it_is_set_for_what_was_shown_and_leads_back_to_the_same_lines(browser: Client) -> None:
    version = a_budget()
    address = page_of(version, perangkat="PUTR", menjadi=DAU)
    seen = browser.get(address).context["found"].state

    answer = browser.post(address, {"seen": seen, "mengapa": "DPA 2025"}, follow=True)

    assert answer.redirect_chain[0][0].endswith("?perangkat=PUTR#baris")
    page = text(answer)
    assert "2 baris, sebesar Rp 1.250.000." in page
    told = LineAmount.objects.order_by("pk").values_list("line__title", "channel")
    assert dict(told) == {"Jalan A": DAU, "Jalan B": DAU, "Jalan C": DAK, "Obat": ""}
    history = text(browser.get(address_of("plan", version.plan_id, language="en")))
    assert "DPA 2025" in history
    line = PlanLine.objects.get(title="Jalan B")
    own = text(browser.get(address_of("line", version.plan_id, line.identity)))
    assert "DPA 2025" in own
    other = PlanLine.objects.get(title="Obat")
    own = text(browser.get(address_of("line", version.plan_id, other.identity)))
    assert "DPA 2025" not in own


def test_ticked_lines_alone_are_set(browser: Client) -> None:
    version = a_budget()
    ticked = [PlanLine.objects.get(title=title).pk for title in ("Jalan A", "Obat")]
    address = page_of(version, pilih="centang", baris=ticked, perangkat="PUTR", menjadi=DAU)
    shown = browser.get(address)

    assert "2 baris dicentang." in text(shown)
    browser.post(address, {"seen": shown.context["found"].state})

    filled = LineAmount.objects.filter(channel=DAU).values_list("line", flat=True)
    assert sorted(filled) == sorted(ticked)


@pytest.mark.parametrize(
    ("language", "told"), [("id", "Tidak ada baris yang dicentang"), ("en", "No line is ticked")]
)
def test_nothing_ticked_is_never_everything(browser: Client, language: str, told: str) -> None:
    version = a_budget()
    address = page_of(version, language, pilih="centang", menjadi=DAU)

    assert told in text(browser.get(address))
    assert browser.post(address, {"seen": "0"}).status_code == 409
    assert not LineAmount.objects.filter(channel=DAU).exists()


def test_what_somebody_else_changed_meanwhile_is_told_and_shown_anew(browser: Client) -> None:
    version = a_budget()
    address = page_of(version, "en", perangkat="PUTR", menjadi=DAU)
    seen = browser.get(address).context["found"].state
    added = a_line(version, "Jalan D", agency="Dinas PUTR", amounts={2025: 750_000})

    answer = browser.post(address, {"seen": seen})

    assert answer.status_code == 409
    assert "your change was not saved" in text(answer)
    assert "<strong>3 lines</strong>, for <strong>Rp 2,000,000</strong>" in text(answer)
    assert added.amounts.get().channel == ""
    assert browser.post(address, {"seen": answer.context["found"].state}).status_code == 302


def test_a_form_that_is_sent_twice_sets_once_and_says_so(browser: Client) -> None:
    version = a_budget()
    address = page_of(version, "en", menjadi=DAU)
    sent = {"seen": browser.get(address).context["found"].state}

    assert browser.post(address, sent).status_code == 302
    answer = browser.post(address, sent)
    assert answer.status_code == 409
    assert "Changed by Ani Perencana" in text(answer)
    assert set(PlanLine.objects.values_list("revision", flat=True)) == {1, 2}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"menjadi": "NO_SUCH"}, "There is no funding channel “NO_SUCH”."),
        ({"menjadi": DAU, "tahun_jumlah": 2024}, "this year lies outside"),
        ({"menjadi": "-"}, "No amount of the chosen lines would get this channel."),
    ],
    ids=["no channel", "year", "nothing"],
)
def test_a_refusal_is_told_in_words(browser: Client, asked: dict, told: str) -> None:
    version = a_budget()
    address = page_of(version, "en", **asked)

    answer = browser.post(address, {"seen": browser.get(address).context["found"].state})

    assert answer.status_code == 422
    assert told in text(answer)


def test_without_the_right_to_edit_the_page_is_refused(client: Client, owner: Organisation) -> None:
    version = a_budget()
    public(version.plan)
    reader = signed_in(client, person("Budi", ("viewer", owner)))

    assert reader.get(page_of(version)).status_code == 403
    assert reader.post(page_of(version, menjadi=DAU), {"seen": "1"}).status_code == 403
    lines = text(reader.get(address_of("plan", version.plan_id)))
    assert "sumber-dana/" not in lines
    assert 'name="baris"' not in lines


def test_lines_of_a_loaded_version_lead_to_a_new_one(browser: Client) -> None:
    version = a_budget(filename="apbd.xlsx", sha256="0" * 64)

    page = text(browser.get(address_of("plan", version.plan_id, language="en")))
    assert "begin a new version from this one; there it is set for many lines at once" in page
    answer = browser.get(page_of(version))
    assert answer.status_code == 302
    assert browser.post(page_of(version, menjadi=DAU)).status_code == 302
    assert not LineAmount.objects.filter(channel=DAU).exists()


def test_the_list_offers_the_filtered_and_the_ticked_lines(browser: Client) -> None:
    version = a_budget(state=VersionState.DRAFT)
    address = address_of("version", version.plan_id, version.number, language="en")

    page = text(browser.get(f"{address}?perangkat=PUTR&sumber=-"))

    assert f"{page_of(version, 'en')}?perangkat=PUTR&amp;sumber=-" in page
    assert "Funding channel of all 2 lines" in page
    assert page.count('name="baris"') == 2
    assert '<input type="hidden" name="perangkat" value="PUTR">' in page


def test_lines_are_found_by_the_programme_above_them(browser: Client) -> None:
    version = a_version()
    a_line(version, "Ruas 1", program_name="PROGRAM PENYELENGGARAAN JALAN")
    a_line(version, "Ruas 2", activity_name="Penyelenggaraan Jalan Kabupaten")
    a_line(version, "Obat", program_name="PROGRAM KESEHATAN")

    answer = browser.get(address_of("plan", version.plan_id), {"program": "penyelenggaraan jalan"})

    assert [one.title for one in answer.context["page"].object_list] == ["Ruas 1", "Ruas 2"]


def test_however_many_lines_the_page_asks_the_database_as_often(
    browser: Client, django_assert_max_num_queries
) -> None:
    version = a_version()
    many_lines(version, 2000)
    browser.get(page_of(version, menjadi=DAU))

    with django_assert_max_num_queries(30):
        shown = browser.get(page_of(version, menjadi=DAU))
    assert shown.context["found"].lines == 2000


def test_the_flow_of_money_then_knows_where_it_comes_from(browser: Client) -> None:
    version = a_budget()
    address = page_of(version, menjadi="APBD_KABKOTA")
    before = text(browser.get("/en/aliran-dana/?tahun=2025"))
    assert "without stated channel" in before

    browser.post(address, {"seen": browser.get(address).context["found"].state})

    after = text(browser.get("/en/aliran-dana/?tahun=2025"))
    assert "without stated channel" not in after
    assert "Rp 1,257,500" in after


def test_the_record_is_told_in_words(browser: Client) -> None:
    version = a_budget()
    address = page_of(version, menjadi=DAU)
    browser.post(address, {"seen": browser.get(address).context["found"].state})

    answer = browser.get(address_of("plan", version.plan_id, language="en"))

    [deed] = answer.context["lines"][:1]
    assert deed.subject == "version 1"
    told = {name: (before, after) for name, before, after in deed.changes}
    assert told["lines"] == ("–", "3")
    assert told["funding channel"][0] == "channel not stated"
    assert json.dumps(told).count("DAU_BG") == 0
