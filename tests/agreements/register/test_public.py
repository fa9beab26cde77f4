"""The public register: what everybody sees of what was put into it, and nothing else."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sinergi.accounts.models import AuditRecord
from sinergi.agreements.files.store import keep
from sinergi.agreements.models import Agreement, Attachment
from sinergi.agreements.search.index import catch_up
from tests.agreements.making import a_party, an_agreement, bureau
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
SECRET = "JANGAN-BOCOR"


def at(name: str, *args: object) -> str:
    return reverse(f"agreements:{name}", args=args)


def listed(**fields: object) -> Agreement:
    hidden = (
        "background", "purpose", "scope", "benefits", "impact", "funding", "note", "responsible",
        "source", "place",
    )  # fmt: skip
    usual: dict[str, object] = {name: f"{SECRET} {name}" for name in hidden}
    usual |= {"title": "TPA Banjarbakula", "number": "180/2019", "in_public_register": True}
    agreement = an_agreement(**{**usual, "begins": date(2019, 12, 30), **fields})
    a_party(
        agreement, "Kota Banjarmasin", representative=f"{SECRET} wakil", address=f"{SECRET} alamat"
    )  # fmt: skip
    return agreement


def test_everybody_sees_what_may_be_public_and_nothing_else_leaks() -> None:
    agreement = listed()
    for address in (
        at("public-register"), at("public-agreement", agreement.pk), at("public-register-file"),
    ):  # fmt: skip
        told = Client().get(address).content.decode()
        assert "TPA Banjarbakula" in told, address
        assert "Kota Banjarmasin" in told, address
        assert SECRET not in told, address
        assert agreement.organisation.name not in told, address
    assert Client().get(at("agreement", agreement.pk)).status_code == 404


def test_what_was_not_put_in_or_was_put_away_is_not_there() -> None:
    private = listed(title="Belum terbuka", in_public_register=False)
    away = listed(title="Sudah disimpan", deleted_at=timezone.now())
    told = Client().get(at("public-register")).content.decode()
    for agreement in (private, away):
        assert agreement.title not in told
        assert Client().get(at("public-agreement", agreement.pk)).status_code == 404


def test_only_public_files_of_listed_agreements_are_sent() -> None:
    agreement = listed()
    rows = [
        Attachment.objects.create(
            agreement=agreement, file=keep(text.encode(), "a.txt"), title=text, filename="a.txt",
            is_public=public, removed_at=removed,
        )
        for text, public, removed in (
            ("Terbuka", True, None), ("Tertutup", False, None), ("Dicabut", True, timezone.now()),
        )
    ]  # fmt: skip
    page = Client().get(at("public-agreement", agreement.pk)).content.decode()
    assert "Terbuka" in page
    assert "Tertutup" not in page
    assert "Dicabut" not in page
    answers = [Client().get(at("public-attachment", agreement.pk, row.pk)) for row in rows]
    assert [answer.status_code for answer in answers] == [200, 404, 404]
    assert answers[0].content == b"Terbuka"
    Agreement.objects.update(in_public_register=False)
    assert Client().get(at("public-attachment", agreement.pk, rows[0].pk)).status_code == 404


def test_who_concludes_puts_it_in_and_takes_it_out_and_that_is_recorded(client: Client) -> None:
    agreement = listed(in_public_register=False)
    browser = signed_in(client, person("Ani", ("coordinator", bureau())))
    told = {"daftar": "1", "revision": "1", "mengapa": "Sudah ditandatangani"}
    assert browser.post(at("listing", agreement.pk), told).status_code == 302
    agreement.refresh_from_db()
    assert agreement.in_public_register
    record = AuditRecord.objects.order_by("-sequence")[0]
    assert (record.verb, record.reason) == ("listed", "Sudah ditandatangani")
    browser.post(at("listing", agreement.pk), {"daftar": "0", "revision": "1"})
    agreement.refresh_from_db()
    assert agreement.in_public_register
    browser.post(at("listing", agreement.pk), {"daftar": "0", "revision": "2"})
    agreement.refresh_from_db()
    assert not agreement.in_public_register
    assert "Banjarbakula" not in Client().get(at("public-register")).content.decode()


def test_analysts_do_not_publish(client: Client) -> None:
    agreement = listed(in_public_register=False)
    browser = signed_in(client, person("Budi", ("analyst", bureau())))
    assert browser.post(at("listing", agreement.pk), {"daftar": "1"}).status_code == 403


def test_the_public_register_is_searched_and_takes_bad_questions() -> None:
    listed()
    listed(title="Pasokan cabai", family="KSDPK")
    page = (
        Client().get(at("public-register"), {"kata": "cabai", "rumpun": "KSDPK"}).content.decode()
    )
    assert "Pasokan cabai" in page
    assert "Banjarbakula" not in page
    for value in ("\x00", "9" * 5000, "%", "-1"):
        for key in ("kata", "rumpun", "halaman"):
            assert Client().get(at("public-register"), {key: value}).status_code == 200


def test_what_ends_is_shown_by_month_and_what_is_over_first(client: Client) -> None:
    today = timezone.localdate()
    browser = signed_in(client, person("Cici", ("viewer", bureau())))
    an_agreement(title="Lewat tiga hari", ends=today - timedelta(days=3))
    an_agreement(title="Sebentar lagi", ends=today + timedelta(days=50))
    an_agreement(title="Masih lama", ends=today + timedelta(days=900))
    an_agreement(title="Sudah diakhiri", ends=today - timedelta(days=3), state="ended")
    answer = browser.get(at("expiry"))
    told = answer.content.decode()
    assert "Lewat tiga hari" in told
    assert "lewat 3 hari" in told
    assert "Sebentar lagi" in told
    assert "Masih lama" not in told
    assert "Sudah diakhiri" not in told
    assert answer.context["expiry"].near == ((30, 0), (60, 1), (90, 1))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_register_goes_home_as_it_is_asked_for(client: Client, kind: str) -> None:
    browser = signed_in(client, person("Dedi", ("viewer", bureau())))
    one = an_agreement(title="=1+1 Pengelolaan air")
    an_agreement(title="Lain sekali")
    a_party(one, "Kota Banjarbaru")
    catch_up()
    answer = browser.get(at("register-file", kind), {"kata": "air"})
    assert answer.status_code == 200
    if kind == "csv":
        told = answer.content.decode("utf-8-sig")
        assert "Kota Banjarbaru" in told
        assert "'=1+1" in told
        assert "Lain sekali" not in told
