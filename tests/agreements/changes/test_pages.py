"""Pages of changes, assets and evaluations: used as their people use them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sinergi.agreements import change_days
from sinergi.agreements.models import Asset, Change, Evaluation
from tests.agreements.making import a_party, bureau
from tests.agreements.making_changes import TODAY, carried_out, due, owes
from tests.people import organisation, person, signed_in, twice

pytestmark = pytest.mark.django_db
KINDS = (
    "addendum", "joining", "leaving", "extension", "renewal", "transfer", "dispute", "takeover",
    "succession", "ending",
)  # fmt: skip


@pytest.fixture
def browser(client: Client) -> Client:
    return signed_in(client, person("Ani Koordinator", ("coordinator", bureau())))


def at(name: str, *args: object) -> str:
    return reverse(f"agreements:{name}", args=args)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_form_that_says_what_is_missing(browser: Client, kind: str) -> None:
    agreement = carried_out(obligatory="wajib")
    owes(agreement)
    party = agreement.parties.first()
    page = browser.get(at("change-new", agreement.pk, kind) + f"?pihak={party.pk}")
    assert page.status_code == 200
    sent = {"title": "Uji", "on": "2026-02-30", "effective": "x" * 5000, "text": "Tetap di sini"}
    answer = browser.post(at("change-new", agreement.pk, kind), sent)
    assert answer.status_code == 422
    assert "Tetap di sini" in answer.content.decode()
    assert not Change.objects.exists()


def test_an_ending_from_proposal_to_effect(browser: Client) -> None:
    agreement = carried_out()
    fee = owes(agreement)
    due(fee, TODAY - timedelta(days=10))
    form = browser.get(at("change-new", agreement.pk, "ending")).context["form"]
    sent = {
        "title": "Tujuan tercapai", "ground": "purpose", "on": TODAY, "effective": TODAY,
        "once": form["once"].value(),
    }  # fmt: skip
    for _again in range(2):
        answer = browser.post(at("change-new", agreement.pk, "ending"), sent)
        assert answer.status_code == 302
    change = Change.objects.get()
    page = browser.get(at("change", agreement.pk, change.pk)).content.decode()
    assert f'name="{fee.pk}:before"' in page
    refused = browser.post(at("change-effect", agreement.pk, change.pk), {"revision": 1})
    assert refused.status_code == 422
    told = {"revision": 1, f"{fee.pk}:before": "waived"}
    assert browser.post(at("change-effect", agreement.pk, change.pk), told).status_code == 302
    again = browser.post(at("change-effect", agreement.pk, change.pk), told)
    assert again.status_code in (409, 422)
    agreement.refresh_from_db()
    assert agreement.state == "ended"
    assert "Tujuan tercapai" in browser.get(at("changes", agreement.pk)).content.decode()


def test_each_party_says_its_word_on_the_page(browser: Client) -> None:
    agreement = carried_out(parties=2)
    sent = {"title": "Diperpanjang", "on": TODAY, "effective": TODAY, "ends": "2032-02-29"}
    browser.post(at("change-new", agreement.pk, "extension"), sent)
    change = Change.objects.get()
    for party in agreement.parties.all():
        told = {"pihak": party.pk, "jawaban": "setuju", "mengapa": "Sudah rapat"}
        answer = browser.post(at("change-answer", agreement.pk, change.pk), told)
        assert answer.status_code == 302
    page = browser.get(at("change", agreement.pk, change.pk)).content.decode()
    assert "Sudah rapat" in page
    told = {"revision": 3}
    assert browser.post(at("change-effect", agreement.pk, change.pk), told).status_code == 302
    agreement.refresh_from_db()
    assert agreement.ends.isoformat() == "2032-02-29"


def test_a_succession_offers_the_successors_of_the_pack(browser: Client) -> None:
    agreement = carried_out()
    party = a_party(agreement, "Papua", region_code="91")
    page = browser.get(at("change-new", agreement.pk, "succession") + f"?pihak={party.pk}")
    assert page.context["form"]["successor_1"].value() == "93"


def test_readers_see_and_do_not_change(client: Client) -> None:
    agreement = carried_out()
    reader = signed_in(client, person("Pembaca", ("viewer", bureau())))
    assert reader.get(at("changes", agreement.pk)).status_code == 200
    assert reader.get(at("change-new", agreement.pk, "dispute")).status_code == 403
    assert reader.get(at("asset-new", agreement.pk)).status_code == 403
    assert reader.get(at("evaluation-new", agreement.pk)).status_code == 403
    assert reader.post(at("listing", agreement.pk), {"daftar": 1}).status_code == 403
    for name in ("changes", "evaluations"):
        assert Client().get(at(name, agreement.pk)).status_code == 404


def test_a_change_is_closed_with_a_reason(browser: Client) -> None:
    agreement = carried_out()
    sent = {"title": "Sengketa tarif", "on": TODAY, "effective": TODAY}
    browser.post(at("change-new", agreement.pk, "dispute"), sent)
    change = Change.objects.get()
    stale = browser.post(at("change-refuse", agreement.pk, change.pk), {"revision": 9})
    assert stale.status_code == 409
    assert (
        browser.post(at("change-refuse", agreement.pk, change.pk), {"revision": 1}).status_code
        == 302
    )
    change.refresh_from_db()
    assert change.state == "refused"


def test_the_daily_run_ends_and_proposes_once(browser: Client) -> None:
    later = carried_out()
    day = TODAY + timedelta(days=3)
    sent = {"title": "Selesai", "ground": "purpose", "on": TODAY, "effective": day}
    browser.post(at("change-new", later.pk, "ending"), sent)
    browser.post(at("change-effect", later.pk, Change.objects.get().pk), {"revision": 1})
    over = carried_out(ends=TODAY - timedelta(days=1))
    for _again in range(2):
        change_days.run(day)
    later.refresh_from_db()
    assert later.state == "ended"
    assert over.changes.count() == 1
    assert "belum" in browser.get(at("changes", over.pk)).content.decode()


def test_assets_are_recorded_changed_and_merged(browser: Client) -> None:
    agreement = carried_out()
    party = agreement.parties.first()
    told = {"name": "Sel landfill 2", "value": "2,5 miliar", "holder": party.pk}
    assert browser.post(at("asset-new", agreement.pk), told).status_code == 302
    asset = Asset.objects.get()
    assert asset.value == 2_500_000_000
    bad = browser.post(at("asset-new", agreement.pk), {"name": "x", "value": "1.5 M"})
    assert bad.status_code == 422
    address = at("asset-edit", agreement.pk, asset.pk)
    twice(browser, address, {"name": "Sel landfill dua"}, {"goes_to": party.pk})
    assert "Sel landfill dua" in browser.get(at("changes", agreement.pk)).content.decode()


def test_an_evaluation_shows_facts_keeps_what_is_open_and_compares(browser: Client) -> None:
    agreement = carried_out()
    due(owes(agreement), TODAY, state="fulfilled", done_on=TODAY)
    assert browser.get(at("evaluation-new", agreement.pk)).status_code == 200
    early = {"first": "2025-01-01", "last": "2025-06-30", "grade_purpose": "1"}
    browser.post(at("evaluation-new", agreement.pk), early)
    late = {
        "first": "2026-01-01", "last": TODAY, "grade_purpose": "3", "text_impact": "Sampah berkurang",
        "verdict": "continue",
    }  # fmt: skip
    refused = browser.post(at("evaluation-new", agreement.pk), late)
    assert refused.status_code == 422
    assert "Sampah berkurang" in refused.content.decode()
    late["reason"] = "Masih diperlukan"
    assert browser.post(at("evaluation-new", agreement.pk), late).status_code == 302
    one = Evaluation.objects.get(verdict="continue")
    assert one.answers == {
        "purpose": {"grade": 3, "text": ""},
        "impact": {"grade": None, "text": "Sampah berkurang"},
    }
    page = browser.get(at("evaluation", agreement.pk, one.pk))
    assert "(+2)" in page.content.decode()
    assert page.context["summary"]["mean"] is None
    assert page.context["kept"].in_time == 1
    assert "Masih diperlukan" in browser.get(at("evaluations", agreement.pk)).content.decode()


def test_an_evaluation_that_two_change_is_merged(browser: Client) -> None:
    agreement = carried_out()
    told = {"first": "2025-01-01", "last": "2025-06-30", "grade_purpose": "1"}
    browser.post(at("evaluation-new", agreement.pk), told)
    one = Evaluation.objects.get()
    address = at("evaluation-edit", agreement.pk, one.pk)
    twice(browser, address, {"grade_purpose": "4"}, {"grade_schedule": "2"})


def test_a_party_judges_for_itself_only(client: Client) -> None:
    agreement, mine = carried_out(), organisation("kota-mitra")
    party = a_party(agreement, "Kota Mitra", organisation=mine)
    theirs = signed_in(client, person("Mitra", ("analyst", mine)))
    told = {"first": "2025-01-01", "last": "2025-06-30", "grade_purpose": "1"}
    assert theirs.post(at("evaluation-new", agreement.pk), told).status_code == 403
    told["party"] = str(party.pk)
    assert theirs.post(at("evaluation-new", agreement.pk), told).status_code == 302


BAD = {"text": "\x00" * 9, "title": "9" * 5000, "on": "-1", "effective": "0000-00-00", "party": "x"}


@pytest.mark.parametrize("name", ["change-new", "evaluation-new", "asset-new"])
def test_bad_input_is_told_and_never_a_fault(browser: Client, name: str) -> None:
    agreement = carried_out()
    more = ("leaving",) if name == "change-new" else ()
    sent = {**BAD, "first": "x", "last": "9" * 999, "name": "", "value": "9" * 5000, "holder": "x"}
    assert browser.post(at(name, agreement.pk, *more), sent).status_code == 422
    assert browser.get(at("change", agreement.pk, 999999999)).status_code == 404
    odd = browser.post(at("change-answer", agreement.pk, 1), {"pihak": "9" * 5000})
    assert odd.status_code == 404
