"""An agreement is begun, read and changed in the browser; what cannot be is told, what was typed is kept."""

import pytest
from django.urls import reverse

from sinergi.accounts.models import Visibility
from sinergi.agreements.actions import agreements as deeds
from sinergi.agreements.details import AgreementDetails, PartyDetails
from sinergi.agreements.models import Agreement, Party
from tests.agreements.making import a_party, an_agreement, bureau, stranger
from tests.people import asks, organisation, person, signed_in, twice

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client):
    return signed_in(client, person("Pengelola", ("coordinator", bureau())))


def typed(*names: str, **fields: object) -> dict[str, object]:
    """What a browser sends: the parties in rows, then the rest."""
    rows: dict[str, object] = {"jumlah": len(names)}
    for number, name in enumerate(names):
        rows |= {f"p{number}-name": name, f"p{number}-kind": "PEMDA", f"p{number}-duty": ""}
    usual = {
        "organisation": str(bureau().pk),
        "title": "TPA regional",
        "object_code": "TPA_REGIONAL",
        "object_kind": "affair",
        "langkah": "buat",
        "once": "sekali",
    }
    return {**usual, **rows, **fields}


def page(name: str, *args: object) -> str:
    return reverse(f"agreements:{name}", args=args)


def text(answer) -> str:
    return answer.content.decode()


REGIONS = ("Provinsi Kalimantan Selatan", "63.71", "Kabupaten Banjar")


def test_an_agreement_is_begun_once_however_often_it_is_sent(keeper):
    first = keeper.post(page("start"), typed(*REGIONS))
    again = keeper.post(page("start"), typed(*REGIONS))
    row = Agreement.objects.get()
    assert first.url == again.url == row.get_absolute_url()
    assert list(row.parties.values_list("region_code", flat=True)) == ["63", "63.71", "63.03"]
    assert (row.family, row.geography) == ("KSDD", "d")


def test_before_it_is_made_the_page_says_what_the_rules_say(keeper):
    answer = keeper.post(page("start"), typed("63.71", "63.03", langkah="lihat"))
    told = answer.context["told"]
    assert answer.status_code == 200
    assert told.family_code == "KSDD"
    assert [one.who for one in told.missing] == [region("63")]
    assert not Agreement.objects.exists()
    assert "Tambahkan daerah yang kurang" in text(answer)


def region(code: str) -> str:
    from sinergi.programs.queries.words import region_name

    return region_name(code)


def test_the_province_that_is_missing_is_added_by_a_button(keeper):
    answer = keeper.post(page("start"), typed("63.71", "63.03", langkah="tambah"))
    names = [row["name"].value() for row in answer.context["rows"].rows]
    assert "Provinsi Kalimantan Selatan" in names
    assert answer.context["told"].missing == ()


def test_what_is_no_cooperation_is_told_before_it_is_made(keeper):
    sent = typed("63.71", "CV Contoh", langkah="lihat", object_code="", object_kind="procurement")
    answer = keeper.post(page("start"), {**sent, "p1-kind": "PIHAK_KETIGA"})
    assert answer.context["told"].other_way.code == "PBJ"
    assert "tampaknya bukan kerja sama daerah" in text(answer)


def test_people_choose_another_family_than_proposed(keeper):
    keeper.post(page("start"), typed("63.71", "63.03", family="SINERGI", geography="a"))
    row = Agreement.objects.get()
    assert (row.family, row.geography) == ("SINERGI", "")


@pytest.mark.parametrize(
    "bad",
    [
        {"title": ""},
        {"title": "x" * 401},
        {"object_code": "NONE"},
        {"family": "KSX"},
        {"p0-name": "Kota Entah Berantah"},
        {"p1-name": "63.71"},
        {"p0-kind": "PERSON"},
        {"organisation": "999999"},
        {"once": "x" * 65},
    ],
    ids=lambda bad: next(iter(bad)),
)
def test_what_cannot_be_is_shown_again_with_all_that_was_typed(keeper, bad):
    answer = keeper.post(page("start"), typed("63.71", "63.03", background="Lama", **bad))
    assert answer.status_code == 422
    assert "Lama" in text(answer)
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(
    "bad",
    [
        {"jumlah": "9" * 5000},
        {"jumlah": "-1"},
        {"title": "TPA\x00 regional"},
        {"origin": "entry", "origin_key": "9" * 300},
        {"origin": "renewal", "origin_key": "-1"},
        {"origin": "nothing", "origin_key": "1"},
    ],
    ids=range(6),
)
def test_nonsense_is_answered_without_an_error_of_ours(keeper, bad):
    answer = keeper.post(page("start"), typed("63.71", "63.03", **{"langkah": "lihat", **bad}))
    assert answer.status_code in (200, 400, 404, 422)


@pytest.mark.parametrize(
    "query",
    ["butir=0", "butir=x", "rekomendasi=99999999999", "lanjutan="],
)
def test_an_origin_that_is_not_there_is_told_so(keeper, query):
    assert keeper.get(f"{page('start')}?{query}").status_code in (400, 404)


def test_visitors_and_viewers_do_not_begin_agreements(client):
    assert client.get(page("start")).status_code == 302
    viewer = signed_in(client, person("Pembaca", ("viewer", bureau())))
    assert viewer.get(page("start")).status_code == 403


def landfill(**fields):
    by = asks(person("Pembuat", ("coordinator", bureau())))
    parties = [PartyDetails(region(code), "PEMDA", code) for code in ("63", "63.71", "63.03")]
    details = AgreementDetails(title="TPA regional", family="KSDD", object_code="TPA_REGIONAL")
    return deeds.create_agreement(by, bureau(), details, parties, **fields)


def test_the_overview_shows_what_it_is_and_what_the_rules_ask(keeper):
    row = landfill(origin="entry", origin_told={"title": "Daftar", "url": "/d/", "reasons": ["A"]})
    answer = keeper.get(page("agreement", row.pk))
    assert answer.status_code == 200
    for words in ("Menurut ketentuan", "Daftar", "Riwayat", region("63.71")):
        assert words in text(answer)


def test_the_public_reads_a_public_agreement_without_where_it_came_from(client):
    row = landfill(origin="entry", origin_told={"title": "Daftar rahasia", "url": "/d/"})
    assert client.get(page("agreement", row.pk)).status_code == 404
    Agreement.objects.filter(pk=row.pk).update(visibility=Visibility.PUBLIC)
    answer = client.get(page("agreement", row.pk))
    assert answer.status_code == 200
    assert "Daftar rahasia" not in text(answer)


def test_what_follows_is_begun_from_the_page_and_the_chain_is_shown(keeper):
    row = landfill()
    form = keeper.get(f"{page('start')}?lanjutan={row.pk}")
    assert form.context["form"]["title"].value() == row.title
    sent = typed(*REGIONS, origin="renewal", origin_key=str(row.pk), title="TPA lanjutan")
    keeper.post(page("start"), sent)
    later = Agreement.objects.get(title="TPA lanjutan")
    assert later.follows == row
    answer = keeper.get(page("agreement", row.pk))
    assert answer.context["after"] == [later]
    assert keeper.get(page("agreement", later.pk)).context["before"] == [row]


def test_two_who_change_it_at_once_meet(keeper):
    row = landfill()
    answer = twice(keeper, page("agreement-edit", row.pk), {"title": "Satu"}, {"title": "Dua"})
    assert "Satu" in text(answer)


def test_an_end_before_the_beginning_is_told_beside_the_field(keeper):
    row = landfill()
    sent = {"title": row.title, "family": "KSDD", "begins": "2026-01-02", "ends": "01/01/2026"}
    sent["revision"] = "1"
    answer = keeper.post(page("agreement-edit", row.pk), sent)
    assert answer.status_code == 422
    assert "ends" in answer.context["form"].errors


def test_it_is_put_away_and_brought_back(keeper):
    row = landfill()
    keeper.post(page("agreement-put-away", row.pk), {"revision": 1, "mengapa": "Salah"})
    assert keeper.get(page("agreement", row.pk)).status_code == 404
    keeper.post(page("agreement-restore", row.pk))
    assert keeper.get(page("agreement", row.pk)).status_code == 200


def test_parties_are_added_changed_ordered_and_taken_out(keeper):
    row = landfill()
    sent = {"kind": "PEMDA", "name": "Kota Banjarbaru", "duty": "Pembayar", "once": "a"}
    keeper.post(page("party-new", row.pk), sent)
    keeper.post(page("party-new", row.pk), sent)
    party = Party.objects.get(region_code="63.72")
    change = {"kind": "PEMDA", "name": party.name, "burdens_people": "yes", "revision": 1}
    assert keeper.post(page("party-edit", row.pk, party.pk), change).status_code == 302
    party.refresh_from_db()
    assert (party.burdens_people, party.region_code) == ("yes", "63.72")
    shown = keeper.get(page("parties", row.pk))
    keeper.post(page("parties", row.pk), {"urutan": shown.context["rows"][3].up})
    party.refresh_from_db()
    assert party.position == 3
    keeper.post(page("party-leave", row.pk, party.pk), {"mengapa": "Mundur"})
    assert keeper.get(page("parties", row.pk)).context["left"][0].pk == party.pk


@pytest.mark.parametrize("order", ["", "1 2", "x y z", "9" * 900, "\x00"])
def test_an_order_that_cannot_be_is_refused(keeper, order):
    row = landfill()
    assert keeper.post(page("parties", row.pk), {"urutan": order}).status_code == 422


def test_a_party_that_is_there_already_is_refused_beside_its_name(keeper):
    row = landfill()
    answer = keeper.post(page("party-new", row.pk), {"kind": "PEMDA", "name": "63.71"})
    assert answer.status_code == 422
    assert "name" in answer.context["form"].errors


def test_an_organisation_is_let_in_and_its_people_say_what_concerns_their_council(keeper, client):
    row = landfill()
    city = organisation("banjarmasin", region_code="63.71")
    party = row.parties.get(region_code="63.71")
    keeper.post(page("party-connect", row.pk, party.pk), {"organisation": city.pk})
    theirs = signed_in(client, person("Orang kota", ("analyst", city)))
    form = theirs.get(page("party-edit", row.pk, party.pk)).context["form"]
    assert "name" not in form.fields
    assert "in_budget" in form.fields
    change = {"in_budget": "no", "representative": "Kepala Dinas", "revision": 2}
    assert theirs.post(page("party-edit", row.pk, party.pk), change).status_code == 302
    assert party.approvals.get().needed_because == "not_in_budget"
    assert theirs.get(page("party-connect", row.pk, party.pk)).status_code == 403
    assert theirs.get(page("agreement-edit", row.pk)).status_code == 403


def test_a_region_that_was_recoded_is_told_on_the_page(keeper):
    row = an_agreement()
    from sinergi.reference.queries import pack

    gone = next(one for one in pack().successions if one.kind == "recoded")
    a_party(row, "Daerah lama", region_code=gone.predecessor)
    answer = keeper.get(page("parties", row.pk))
    assert answer.context["rows"][0].gone
    assert gone.successor in text(answer)


@pytest.mark.parametrize(
    "name", ["agreement", "agreement-edit", "parties", "party-new"], ids=lambda name: name
)
def test_strangers_are_told_that_it_is_not_there(client, name):
    row = landfill()
    other = signed_in(client, person("Lain", ("coordinator", organisation("kota-jauh"))))
    assert stranger()
    assert other.get(page(name, row.pk)).status_code == 404
