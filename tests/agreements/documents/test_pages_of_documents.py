"""Pages of documents, from the first version to the last, as browsers send them."""

import pytest
from django.test import Client
from django.urls import reverse

from sinergi.accounts.models import Organisation, Person
from sinergi.agreements.models import Acceptance, Clause, ClauseRemark, Document
from tests.agreements.making import a_party, an_agreement, bureau
from tests.people import organisation, person, signed_in

pytestmark = pytest.mark.django_db


class Room:
    """An agreement with two parties; of the second its own people are here."""

    def __init__(self) -> None:
        self.owner = bureau()
        self.city: Organisation = organisation("kota-lain")
        self.agreement = an_agreement(self.owner, purpose="menjaga lingkungan")
        self.first = a_party(self.agreement, "Pemerintah Provinsi")
        self.second = a_party(self.agreement, "Pemerintah Kota", organisation=self.city)
        self.keeper = self.browser(self.owner, "keeper")
        self.partner = self.browser(self.city, "partner")

    @staticmethod
    def browser(owner: Organisation, name: str) -> Client:
        who: Person = person(name, ("coordinator", owner))
        return signed_in(Client(), who)

    def url(self, name: str, *args: object) -> str:
        return reverse(f"agreements:{name}", args=[self.agreement.pk, *args])

    def begun(self, kind: str = "pks", **sent: object) -> Document:
        told = {"title": "Naskah uji", "kind": kind, "template": "0", **sent}
        answer = self.keeper.post(self.url("document-new"), told)
        assert answer.status_code == 302, answer.context["form"].errors
        return Document.objects.latest("pk")

    def form(self, row: Document) -> dict[str, object]:
        last = row.versions.first()
        assert last is not None
        told: dict[str, object] = {"versi": last.number, "mengapa": ""}
        for place, one in enumerate(last.clauses, start=1):
            told |= {
                f"judul-{one['key']}": one["heading"],
                f"isi-{one['key']}": one["text"],
                f"urut-{one['key']}": str(place),
            }
        return told


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.mark.parametrize("kind", ["kak", "kb", "pks", "nota", "addendum", "minutes"])
def test_a_document_begins_with_the_clauses_of_the_library(room: Room, kind: str) -> None:
    row = room.begun(kind)
    page = room.keeper.get(room.url("document", row.pk))
    assert page.status_code == 200
    version = row.versions.get()
    assert [one["key"] for one in version.clauses] == [
        f"k{n + 1}" for n in range(len(version.clauses))
    ]


def test_a_letter_needs_a_writer_and_its_party_may_begin_it(room: Room) -> None:
    told = {"title": "Penawaran", "kind": "offer", "template": "0"}
    refused = room.partner.post(room.url("document-new"), told)
    assert refused.status_code == 422
    made = room.partner.post(room.url("document-new"), {**told, "party": room.second.pk})
    assert made.status_code == 302
    assert Document.objects.get().party == room.second


def test_the_partner_does_not_write_what_all_sign(room: Room) -> None:
    row = room.begun()
    assert room.partner.get(room.url("document-write", row.pk)).status_code == 403
    assert room.partner.get(room.url("document", row.pk)).status_code == 200
    assert Client().get(room.url("document", row.pk)).status_code in (302, 404)


def test_a_version_is_written_and_voids_what_was_accepted(room: Room) -> None:
    row = room.begun()
    answer = {"pihak": room.second.pk, "versi": 1, "jawaban": "setuju"}
    assert room.partner.post(room.url("document-accept", row.pk), answer).status_code == 302
    told = room.form(row) | {"isi-k2": "Bunyi baru.", "judul-baru": "Tambahan", "isi-baru": "Isi."}
    told |= {"hapus-k3": "on", "urut-k1": "99", "pustaka": ["billing"], "mengapa": "hasil rapat"}
    assert room.keeper.post(room.url("document-write", row.pk), told).status_code == 302
    before, after = row.versions.get(number=1), row.versions.get(number=2)
    assert "k3" not in [one["key"] for one in after.clauses]
    assert after.clauses[-3]["key"] == "k1"
    assert after.clauses[-1]["heading"] == "Tambahan"
    assert after.why == "hasil rapat"
    assert before.clauses[1]["text"] != "Bunyi baru."
    page = room.keeper.get(room.url("document", row.pk))
    [_first, second] = page.context["accepting"]
    assert second.voided
    compared = room.keeper.get(room.url("document-compare", row.pk))
    assert {one.kind for one in compared.context["changes"]} >= {"changed", "gone", "new"}
    late = room.partner.post(room.url("document-accept", row.pk), answer)
    assert late.status_code >= 400
    assert Acceptance.objects.count() == 1


def test_nobody_answers_for_a_party_whose_people_are_here(room: Room) -> None:
    row = room.begun()
    answer = {"pihak": room.second.pk, "versi": 1, "jawaban": "setuju"}
    assert room.keeper.post(room.url("document-accept", row.pk), answer).status_code == 403
    answer["pihak"] = 10**8
    assert room.keeper.post(room.url("document-accept", row.pk), answer).status_code == 404


def test_a_refusal_needs_a_reason_and_keeps_the_page(room: Room) -> None:
    row = room.begun()
    answer = {"pihak": room.second.pk, "versi": 1, "jawaban": "tidak", "teks": ""}
    assert room.partner.post(room.url("document-accept", row.pk), answer).status_code >= 400
    answer["teks"] = "Tarif belum disepakati."
    assert room.partner.post(room.url("document-accept", row.pk), answer).status_code == 302
    assert not Acceptance.objects.get().accepted


def test_two_who_write_different_clauses_lose_nothing(room: Room) -> None:
    row = room.begun()
    mine, theirs = (room.form(row) for _who in range(2))
    room.keeper.post(room.url("document-write", row.pk), theirs | {"isi-k1": "Dari yang lain."})
    done = room.keeper.post(room.url("document-write", row.pk), mine | {"isi-k2": "Dari saya."})
    assert done.status_code == 302
    last = row.versions.get(number=3)
    assert [one["text"] for one in last.clauses[:2]] == ["Dari yang lain.", "Dari saya."]


def test_two_who_write_the_same_clause_see_each_other(room: Room) -> None:
    row = room.begun()
    mine, theirs = (room.form(row) for _who in range(2))
    room.keeper.post(room.url("document-write", row.pk), theirs | {"isi-k1": "Dari yang lain."})
    met = room.keeper.post(room.url("document-write", row.pk), mine | {"isi-k1": "Dari saya."})
    assert met.status_code == 409
    assert "Dari saya." in met.content.decode()
    assert "Dari yang lain." in met.content.decode()
    assert row.versions.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"isi-k1": ""},
        {"isi-k1": "x" * 100_000},
        {"isi-k1": "{tidak_ada}"},
        {"isi-k99": "x", "judul-k99": "bukan miliknya"},
        {"judul-k1": "x" * 200},
        {"mengapa": "x" * 301},
    ],
    ids=["empty", "100-kB", "unknown-field", "strange-key", "long-heading", "long-why"],
)
def test_what_cannot_be_is_refused_and_nothing_lost(room: Room, wrong: dict[str, str]) -> None:
    row = room.begun()
    told = room.form(row) | {"isi-k2": "Yang saya tulis."} | wrong
    page = room.keeper.post(room.url("document-write", row.pk), told)
    assert page.status_code == 422 or 400 <= page.status_code < 500
    assert "Yang saya tulis." in page.content.decode()
    assert row.versions.count() == 1


def test_control_characters_and_markup_of_people_stay_text(room: Room) -> None:
    row = room.begun()
    told = room.form(row) | {"isi-k1": "a\x00b\x0b <script>x</script> & {{ 1 }}"}
    assert room.keeper.post(room.url("document-write", row.pk), told).status_code == 302
    page = room.keeper.get(room.url("document", row.pk)).content.decode()
    assert "<script>x" not in page
    url = room.url("document-file", row.pk, 2, "docx")
    assert room.keeper.get(url).content.startswith(b"PK")


@pytest.mark.parametrize(
    "number", ["0", "-1", "9" * 5000, "dua"], ids=["zero", "below", "long", "word"]
)
def test_a_wrong_base_version_is_not_found(room: Room, number: str) -> None:
    row = room.begun()
    told = room.form(row) | {"versi": number}
    assert room.keeper.post(room.url("document-write", row.pk), told).status_code == 404


def test_remarks_stay_with_their_clause_until_they_are_settled(room: Room) -> None:
    row = room.begun()
    told = {"pasal": "k1", "teks": "Mohon dijelaskan."}
    assert room.partner.post(room.url("document-remark", row.pk), told).status_code == 302
    room.keeper.post(room.url("document-write", row.pk), room.form(row) | {"isi-k2": "Lain."})
    page = room.keeper.get(room.url("document", row.pk))
    assert page.context["clauses"][0].open_remarks == 1
    one = ClauseRemark.objects.get()
    assert one.party == room.second
    url = room.url("document-remark-settle", row.pk, one.pk)
    assert room.keeper.post(url, {"teks": "sudah"}).status_code == 302
    assert room.keeper.get(room.url("document", row.pk)).context["clauses"][0].open_remarks == 0


def test_a_remark_to_what_is_not_there_or_empty_is_refused(room: Room) -> None:
    row = room.begun()
    url = room.url("document-remark", row.pk)
    assert room.partner.post(url, {"pasal": "k999", "teks": "x"}).status_code == 404
    assert room.partner.post(url, {"pasal": "k1", "teks": " "}).status_code == 422


def test_data_that_changed_and_what_is_missing_are_told(room: Room) -> None:
    row = room.begun()
    page = room.keeper.get(room.url("document", row.pk))
    assert not page.context["seen"].outdated
    assert "jangka_waktu" in [code for code, _url in page.context["missing"]]
    type(room.agreement).objects.filter(pk=room.agreement.pk).update(purpose="tujuan lain")
    page = room.keeper.get(room.url("document", row.pk))
    assert page.context["seen"].outdated
    assert "menjaga lingkungan" in page.content.decode()


def test_a_signed_document_takes_no_other_version(room: Room) -> None:
    row = room.begun()
    Document.objects.update(signed_version=1)
    done = room.keeper.post(room.url("document-write", row.pk), room.form(row) | {"isi-k1": "x"})
    assert 400 <= done.status_code < 500
    assert room.keeper.post(room.url("document-remove", row.pk)).status_code >= 400
    assert row.versions.count() == 1


def test_a_document_is_described_and_taken_out(room: Room) -> None:
    row = room.begun()
    assert room.keeper.get(room.url("document-edit", row.pk)).status_code == 200
    told = {"title": "Judul lain", "number": "1/PKS", "dated": "2024-02-29", "template": "0"}
    done = room.keeper.post(room.url("document-edit", row.pk), {**told, "revision": 1})
    assert done.status_code == 302
    stale = room.keeper.post(
        room.url("document-edit", row.pk), {**told, "revision": 1, "number": "2"}
    )
    assert stale.status_code == 409
    assert room.keeper.post(room.url("document-remove", row.pk)).status_code == 302
    assert room.keeper.get(room.url("document", row.pk)).status_code == 404


def test_the_same_version_gives_the_same_word_file(room: Room) -> None:
    row = room.begun()
    url = room.url("document-file", row.pk, 1, "docx")
    assert room.partner.get(url).content == room.keeper.get(url).content
    assert room.keeper.get(room.url("document-file", row.pk, 1, "exe")).status_code == 404
    assert room.keeper.get(room.url("document-file", row.pk, 7, "docx")).status_code == 404


def test_a_clause_of_an_organisation_stands_in_for_a_shipped_one(room: Room) -> None:
    form = room.keeper.get(reverse("agreements:clause-new"), {"dari": "object"})
    assert form.status_code == 200
    told = {
        "organisation": room.owner.pk,
        "code": "object",
        "heading": "Objek kami",
        "text": "Objeknya {objek}.",
        "kinds": ["pks"],
        "position": "30",
    }
    assert room.keeper.post(reverse("agreements:clause-new"), told).status_code == 302
    row = room.begun()
    assert "Objek kami" in [one["heading"] for one in row.versions.get().clauses]
    clause = Clause.objects.get()
    assert room.keeper.get(clause.get_absolute_url()).status_code == 200
    assert room.partner.get(clause.get_absolute_url()).status_code == 404
    edit = reverse("agreements:clause-edit", args=[clause.pk])
    assert room.keeper.get(edit).status_code == 200
    wrong = room.keeper.post(edit, {**told, "text": "{bukan}", "revision": clause.revision})
    assert wrong.status_code == 422
    saved = room.keeper.post(edit, {**told, "heading": "Lain", "revision": clause.revision})
    assert saved.status_code == 302
    away = reverse("agreements:clause-away", args=[clause.pk])
    assert room.keeper.post(away, {"revision": 2}).status_code == 302
    restore = reverse("agreements:clause-restore", args=[clause.pk])
    assert room.keeper.post(restore).status_code == 302
    assert room.keeper.get(reverse("agreements:library")).status_code == 200


def test_pages_without_documents_and_forms_are_shown(room: Room) -> None:
    for name in ("documents", "document-new"):
        assert room.keeper.get(room.url(name)).status_code == 200
    assert Client().get(reverse("agreements:library")).status_code == 200
    assert room.keeper.get(reverse("agreements:template-new")).status_code == 200
