"""The sharing panel and the history of something owned, as a browser without JavaScript uses them."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from sinergi.accounts.models import Affiliation, AuditRecord, Organisation, Share
from sinergi.accounts.principal import operator
from sinergi.opportunities.lists import actions
from sinergi.opportunities.lists.rules import ListDetails
from sinergi.opportunities.maps.actions import MapDetails, save_map
from sinergi.opportunities.models import PriorityList
from tests.people import organisation, person, signed_in

pytestmark = pytest.mark.usefixtures("shipped")


@pytest.fixture
def home(shipped: None) -> Organisation:
    return organisation("kota-palangka-raya", name="Kota Palangka Raya")


@pytest.fixture
def other(shipped: None) -> Organisation:
    return organisation("kota-banjarmasin", name="Kota <b>Banjarmasin</b>")


@pytest.fixture
def plan(home: Organisation) -> PriorityList:
    return actions.create_list(operator(), home, ListDetails("RKPD 2028"))


@pytest.fixture
def approver(client: Client, home: Organisation) -> Client:
    return signed_in(client, person("Ani", ("approver", home)))


def panel_of(row: PriorityList) -> str:
    return f"/bagikan/{row.KIND}/{row.pk}/"


def text_of(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def share(client: Client, row: PriorityList, to: Organisation, **more: object):
    data = {"lakukan": "buka", "organisation": to.pk, "level": "read", **more}
    return client.post(panel_of(row), data, follow=True)


def test_a_page_says_whose_it_is_and_who_sees_it(approver: Client, plan, other) -> None:
    page = text_of(approver.get(f"/daftar/{plan.pk}/"))
    assert "Milik Kota Palangka Raya · terlihat oleh organisasi ini saja" in page
    page = text_of(share(approver, plan, other, reason="sampah bersama"))
    assert "terlihat oleh organisasi ini dan Kota <b>Banjarmasin</b> (boleh membaca)" in page
    assert "Alasan: sampah bersama" in page


def test_the_history_of_what_is_public_tells_visitors_no_shares(
    approver: Client, plan, other
) -> None:
    share(approver, plan, other, reason="sampah bersama")
    approver.post(panel_of(plan), {"lakukan": "publik"})
    page = text_of(Client().get(f"/daftar/{plan.pk}/"))
    assert "RKPD 2028" in page
    assert "Banjarmasin" not in page
    assert "sampah bersama" not in page
    assert "sampah bersama" in text_of(approver.get(f"/daftar/{plan.pk}/"))


def test_a_share_opens_the_list_to_the_other_and_ending_it_closes_it(
    approver: Client, plan, other
) -> None:
    budi = signed_in(Client(), person("Budi", ("analyst", other)))
    assert budi.get(f"/daftar/{plan.pk}/").status_code == 404
    share(approver, plan, other)
    page = budi.get(f"/daftar/{plan.pk}/")
    assert page.status_code == 200
    assert not BeautifulSoup(page.content, "html.parser").main.select("form[method=post]")
    share(approver, plan, other, level="edit")
    page = BeautifulSoup(budi.get(f"/daftar/{plan.pk}/").content, "html.parser")
    assert page.select(f'a[href="/daftar/{plan.pk}/ubah/"]')
    assert not page.select("#berbagi form")
    approver.post(panel_of(plan), {"lakukan": "tutup", "organisation": other.pk})
    assert budi.get(f"/daftar/{plan.pk}/").status_code == 404
    assert not Share.objects.exists()


def test_an_association_is_shared_with_together_with_its_members(
    approver: Client, plan, other
) -> None:
    apeksi = organisation("apeksi", name="APEKSI", kind=Organisation.Kind.ASSOCIATION)
    Affiliation.objects.create(association=apeksi, member=other)
    budi = signed_in(Client(), person("Budi", ("viewer", other)))
    share(approver, plan, apeksi)
    assert budi.get(f"/daftar/{plan.pk}/").status_code == 404
    page = text_of(share(approver, plan, apeksi, with_members="on"))
    assert "APEKSI beserta anggotanya" in page
    assert budi.get(f"/daftar/{plan.pk}/").status_code == 200


def test_members_of_what_has_none_are_refused_in_place(approver: Client, plan, other) -> None:
    response = share(approver, plan, other, with_members="on", reason="jangan hilang")
    assert response.status_code == 422
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.find("input", {"name": "reason"})["value"] == "jangan hilang"
    assert soup.select_one(".field-error")
    assert not Share.objects.exists()


@pytest.mark.parametrize("number", ["", "abc", "4711", "-1", "1e3"])
def test_an_organisation_that_is_not_there_is_refused_in_place(
    approver: Client, plan, number: str
) -> None:
    data = {"lakukan": "buka", "organisation": number, "level": "read"}
    assert approver.post(panel_of(plan), data).status_code == 422


def test_a_list_is_not_shared_with_its_own_organisation(approver: Client, plan, home) -> None:
    assert share(approver, plan, home).status_code == 422


def test_what_is_made_public_is_read_by_everybody_until_it_is_private_again(
    approver: Client, plan
) -> None:
    reader = Client()
    data = {"lakukan": "publik", "terlihat-reason": "rapat paripurna"}
    page = text_of(approver.post(panel_of(plan), data, follow=True))
    assert "terlihat oleh semua orang" in page
    assert "rapat paripurna" in page
    public = reader.get(f"/daftar/{plan.pk}/")
    assert public.status_code == 200
    assert "Ani" not in text_of(public)
    assert reader.get("/daftar/").content.count(b"RKPD 2028") == 1
    approver.post(panel_of(plan), {"lakukan": "pribadi"})
    assert reader.get(f"/daftar/{plan.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("role", "deed", "status"),
    [
        ("analyst", "buka", 403),
        ("analyst", "tutup", 403),
        ("analyst", "publik", 403),
        ("viewer", "buka", 403),
        ("coordinator", "publik", 403),
        ("coordinator", "pribadi", 403),
        ("administrator", "buka", 403),
        ("coordinator", "buka", 302),
        ("approver", "publik", 302),
    ],
)
def test_only_those_who_may_change_who_sees_it(
    client: Client, plan, home, other, role: str, deed: str, status: int
) -> None:
    signed_in(client, person("Ani", (role, home)))
    data = {"lakukan": deed, "organisation": other.pk, "level": "read"}
    records = AuditRecord.objects.count()
    assert client.post(panel_of(plan), data).status_code == status
    assert AuditRecord.objects.count() == records + (status == 302)


def test_buttons_that_one_may_not_use_are_not_shown(client: Client, plan, home) -> None:
    shown = {}
    for role in ("viewer", "analyst", "coordinator", "approver"):
        page = signed_in(Client(), person(role, (role, home))).get(f"/daftar/{plan.pk}/")
        buttons = BeautifulSoup(page.content, "html.parser").select("#berbagi button")
        shown[role] = [button["value"] for button in buttons]
    assert shown == {
        "viewer": [],
        "analyst": [],
        "coordinator": ["buka"],
        "approver": ["buka", "publik"],
    }


@pytest.mark.parametrize("kind", ["priority_list", "saved_map", "organisation", "tidak-ada"])
def test_what_is_hidden_or_not_there_is_404(client: Client, plan, kind: str) -> None:
    signed_in(client, person("Tono", ("approver", organisation("lain"))))
    for number in (plan.pk, 4711):
        for send in (client.get, client.post):
            assert send(f"/bagikan/{kind}/{number}/").status_code == 404


def test_a_list_that_was_put_away_is_not_shared(approver: Client, plan, other) -> None:
    actions.delete_list(operator(), plan.pk)
    assert share(approver, plan, other).status_code == 404


def test_the_same_panel_serves_saved_maps(approver: Client, home, other) -> None:
    saved = save_map(operator(), home, MapDetails("Sampah", "objek=TPA_REGIONAL"))
    page = text_of(share(approver, saved, other))
    assert "Milik Kota Palangka Raya" in page
    assert Share.objects.get().kind == "saved_map"


def test_a_visitor_is_sent_to_sign_in_and_may_not_send(client: Client, approver: Client, plan):
    approver.post(panel_of(plan), {"lakukan": "publik"})
    visitor = Client()
    response = visitor.get(panel_of(plan))
    assert response.status_code == 302
    assert "next=%2Fbagikan" in response["Location"]
    assert visitor.post(panel_of(plan), {"lakukan": "pribadi"}).status_code == 403


def test_a_role_that_was_ended_while_signed_in_no_longer_counts(
    approver: Client, plan, home, other
) -> None:
    assert approver.get(f"/daftar/{plan.pk}/").status_code == 200
    home.assignments.update(ended_at=plan.created)
    assert approver.get(f"/daftar/{plan.pk}/").status_code == 404
    assert share(approver, plan, other).status_code == 404


def test_every_control_of_the_panel_has_a_label(approver: Client, plan, other) -> None:
    share(approver, plan, other)
    main = BeautifulSoup(approver.get(f"/daftar/{plan.pk}/").content, "html.parser").main
    ids = [tag["id"] for tag in main.select("[id]")]
    assert len(ids) == len(set(ids))
    labels = {label["for"] for label in main.select("label[for]")}
    controls = main.select("#berbagi input:not([type=hidden]), #berbagi select")
    assert controls
    assert not [tag for tag in controls if tag["id"] not in labels]
