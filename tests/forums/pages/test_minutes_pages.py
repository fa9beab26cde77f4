"""The pages of minutes, as a browser without JavaScript uses them."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sinergi.accounts.actions import sharing
from sinergi.accounts.models import Person, Visibility
from sinergi.accounts.principal import operator
from sinergi.forums.actions import meetings, minutes, points
from sinergi.forums.details import PointDetails
from sinergi.forums.minutes import hash_of
from sinergi.forums.models import Forum
from sinergi.forums.stages import Stage
from tests.forums.minuting import edited
from tests.forums.play import deliberating
from tests.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """A forum that deliberates, with one agreed point."""
    forum, _drawn = deliberating()
    points.agree(forum.secretary, forum.forum.pk, PointDetails(1, "Percepatan jalan", "advocacy"))
    return forum


def of(principal) -> Client:
    return signed_in(Client(), Person.objects.get(pk=principal.person_id))


@pytest.fixture
def secretary(made):
    return of(made.secretary)


@pytest.fixture
def city(made):
    return of(made.cities["banjarbaru"])


def page(made, name="minutes", *args):
    return reverse(f"forums:{name}", args=[made.forum.pk, *args])


def text_of(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join(soup.select_one("main").get_text(" ").split())


def form_of(client, address):
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    form = next(one for one in soup.select("main form") if one.select("[name=signatories]"))
    fields = {tag["name"]: tag.get("value", "") for tag in form.select("input[name]")}
    return fields | {tag["name"]: (tag.string or "").strip() for tag in form.select("textarea")}


def draw_up(made, **values):
    options = {"opening": "Dibuka.", "signatories": [("Wali Kota Banjarbaru", "")]} | values
    return minutes.draw_up(made.secretary, made.forum.pk, **options)


def seal(made):
    row = draw_up(made)
    return minutes.seal_minutes(made.secretary, made.forum.pk, 1, hash_of(row.content))


def test_the_secretariat_draws_up_reads_and_seals(made, secretary):
    assert "Belum ada berita acara" in text_of(secretary.get(page(made)))
    fields = form_of(secretary, page(made, "minutes-draw-up"))
    assert fields["signatories"].splitlines() == [
        one.organisation.name for one in made.forum.delegations.all()
    ]
    fields |= {"opening": "Dibuka tuan rumah.", "signatories": "Wali Kota Banjarbaru; H. Contoh"}
    response = secretary.post(page(made, "minutes-draw-up"), fields, follow=True)
    text = text_of(response)
    assert "Versi 1 masih rancangan" in text
    assert "Dibuka tuan rumah." in text
    assert "Wali Kota Banjarbaru H. Contoh" in text
    sha256 = response.context["sha256"]
    told = text_of(secretary.post(page(made, "minutes-seal", 1), {"sha256": sha256}, follow=True))
    assert "Versi 1 sudah disahkan" in told
    assert sha256 in told


def test_what_is_too_long_is_told_and_stays_in_the_form(made, secretary):
    fields = form_of(secretary, page(made, "minutes-draw-up"))
    long = "Kalimat yang ditempel dari empat puluh halaman. " * 3000
    response = secretary.post(page(made, "minutes-draw-up"), fields | {"opening": long})
    assert response.status_code == 422
    assert "Terlalu panjang" in text_of(response)
    assert response.content.decode().count("empat puluh halaman") == 3000


def test_two_who_draw_up_at_once_see_both_texts(made, secretary):
    fields = form_of(secretary, page(made, "minutes-draw-up"))
    draw_up(made, opening="Dari yang lain")
    response = secretary.post(page(made, "minutes-draw-up"), fields | {"opening": "Dari saya"})
    assert response.status_code == 409
    text = text_of(response)
    assert "Dari yang lain" in text
    assert "Dari saya" in response.content.decode()
    form = response.context["form"]
    again = {name: form[name].value() for name in form.fields}
    assert secretary.post(page(made, "minutes-draw-up"), again).status_code == 302
    assert made.forum.minutes.get().content["opening"] == "Dari saya"


def test_a_form_sent_twice_makes_one_draft(made, secretary):
    fields = form_of(secretary, page(made, "minutes-draw-up"))
    for _time in range(2):
        assert secretary.post(page(made, "minutes-draw-up"), fields).status_code == 302
    assert made.forum.minutes.count() == 1


def test_what_was_drawn_up_anew_meanwhile_is_not_sealed_but_shown(made, secretary):
    seen = hash_of(draw_up(made).content)
    draw_up(made, opening="Bunyi yang baru")
    response = secretary.post(page(made, "minutes-seal", 1), {"sha256": seen})
    assert response.status_code == 409
    assert "Bunyi yang baru" in text_of(response)
    assert made.forum.minutes.get().sealed_at is None


def test_without_signatories_the_page_says_so(made, secretary):
    row = draw_up(made, signatories=[])
    sha256 = hash_of(row.content)
    response = secretary.post(page(made, "minutes-seal", 1), {"sha256": sha256})
    assert response.status_code == 422
    assert "Sebutkan siapa yang menandatangani" in text_of(response)


def test_the_page_of_a_draft_tells_all_that_sealing_lacks_before_it_is_tried(made, secretary):
    today = timezone.localdate()
    days = {"begins": today + timedelta(days=3), "ends": today + timedelta(days=4)}
    Forum.objects.filter(pk=made.forum.pk).update(**days)
    made.forum.points.update(struck_at=timezone.now())
    row = draw_up(made, signatories=[])
    told = secretary.get(page(made, "minutes-version", 1))
    wanted = ("belum dimulai", "Sebutkan siapa yang menandatangani", "tidak memuat butir")
    assert [words in text_of(told) for words in wanted] == [True] * 3
    assert "minutes-hash" not in told.content.decode()
    sent = {"sha256": hash_of(row.content)}
    refused = secretary.post(page(made, "minutes-seal", 1), sent)
    assert refused.status_code == 422
    assert len(refused.context["lacks"]) == 3
    assert all(one in refused.context["refused"] for one in refused.context["lacks"])
    Forum.objects.filter(pk=made.forum.pk).update(begins=today)
    made.forum.points.update(struck_at=None)
    draw_up(made)
    lasts = secretary.get(page(made, "minutes-version", 1))
    assert lasts.context["lacks"] == []
    assert lasts.context["still_held"] in text_of(lasts)
    assert "minutes-hash" in lasts.content.decode()


def test_delegations_see_what_is_sealed_and_nothing_of_a_draft(made, city):
    draw_up(made)
    assert "Belum ada berita acara" in text_of(city.get(page(made)))
    for name in ("minutes-version", "minutes-difference", "minutes-check"):
        assert city.get(page(made, name, 1)).status_code == 404
    assert city.get(page(made, "minutes-file", 1, "pdf")).status_code == 404
    assert city.get(page(made, "minutes-draw-up")).status_code == 403
    assert city.post(page(made, "minutes-seal", 1), {"sha256": ""}).status_code == 403
    seal(made)
    text = text_of(city.get(page(made)))
    assert "Percepatan jalan" in text
    assert "Betulkan" not in text


@pytest.mark.parametrize(("fmt", "start"), [("docx", b"PK"), ("pdf", b"%PDF-")])
def test_files_come_as_downloads_in_the_language_of_the_page(made, city, fmt, start):
    seal(made)
    response = city.get(page(made, "minutes-file", 1, fmt))
    assert response.content.startswith(start)
    assert "berita-acara-raker-komwil-v-v1" in response["Content-Disposition"]
    english = city.get("/en" + page(made, "minutes-file", 1, fmt))
    assert "minutes-raker-komwil-v-v1" in english["Content-Disposition"]
    assert city.get(page(made, "minutes-file", 1, "odt")).status_code == 404


def test_a_correction_needs_a_reason_and_shows_what_it_changed(made, secretary, city):
    seal(made)
    made.move(Stage.SEALED)
    fields = form_of(secretary, page(made, "minutes-draw-up"))
    fields["opening"] = "Dibuka oleh tuan rumah."
    refused = secretary.post(page(made, "minutes-draw-up"), fields)
    assert refused.status_code == 422
    assert "Dibuka oleh tuan rumah." in refused.content.decode()
    fields["reason"] = "Pembuka belum disebut"
    assert fields["title_1"] == "Percepatan jalan"
    fields["title_1"] = "Percepatan jalan antarkota"
    secretary.post(page(made, "minutes-draw-up"), fields)
    row = made.forum.minutes.get(version=2)
    minutes.seal_minutes(made.secretary, made.forum.pk, 2, hash_of(row.content))
    soup = BeautifulSoup(city.get(page(made, "minutes-difference", 2)).content, "html.parser")
    assert "oleh tuan rumah." in soup.select_one("dd ins").get_text()
    assert "antarkota" in soup.get_text()
    assert made.forum.points.get().title == "Percepatan jalan antarkota"
    assert "berbeda dari berita acara ini" not in text_of(secretary.get(page(made)))
    assert "Pembuka belum disebut" in text_of(city.get(page(made)))
    assert city.get(page(made, "minutes-difference", 1)).status_code == 404
    assert city.get(page(made, "minutes-difference", 2) + "?dari=x").status_code == 200


def pieces_of(client, address):
    """What a difference says: title of the section and label of the row to its marked words."""
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    found = {}
    for card in soup.select("main .card"):
        title = card.select_one("h3").get_text(" ", strip=True)
        for label, value in zip(card.select("dt"), card.select("dd"), strict=True):
            for aside in value.select(".visually-hidden"):
                aside.decompose()
            found[title, label.get_text()] = {
                tag: " ".join(one.get_text("|", strip=True) for one in value.select(tag))
                for tag in ("del", "ins")
            }
    return found


def test_a_coordinator_corrects_words_days_and_addressees_and_readers_see_what_changed(
    made, secretary, city
):
    point = made.forum.points.get()
    seal(made)
    given = city.get(page(made, "minutes-file", 1, "docx")).content
    made.move(Stage.SEALED)
    days = {"due": "2025-06-30", "review": "2025-01-15", "revision": point.revision}
    assert secretary.post(page(made, "point-watch", point.pk), days).status_code == 302
    fields = form_of(secretary, page(made, "minutes-draw-up"))
    fields |= {
        "reason": "Alamat keliru",
        "text_1": "Ruas Banjarbaru–Palangka Raya.",
        "addressees_1": "Kementerian Pekerjaan Umum\r\nBappenas\r\n",
        "owner_1": "Komisariat Wilayah V",
        "signatories": "Wali Kota Banjarbaru; H. Contoh",
    }
    drafted = secretary.post(page(made, "minutes-draw-up"), fields, follow=True)
    assert "berbeda dari berita acara ini" not in text_of(drafted)
    assert form_of(secretary, page(made, "minutes-draw-up"))["owner_1"] == "Komisariat Wilayah V"
    point.refresh_from_db()
    assert (point.text, point.addressees.count()) == ("", 0)
    sha256 = drafted.context["sha256"]
    secretary.post(page(made, "minutes-seal", 2), {"sha256": sha256})
    point.refresh_from_db()
    assert point.owner_name == "Komisariat Wilayah V"
    assert [one.name for one in point.addressees.all()] == [
        "Bappenas",
        "Kementerian Pekerjaan Umum",
    ]

    found = pieces_of(city, page(made, "minutes-difference", 2))
    new = {label: marks["ins"] for (title, label), marks in found.items() if title == "Butir 1"}
    assert new == {
        "Teks": "Ruas Banjarbaru–Palangka Raya.",
        "Dialamatkan kepada": "Bappenas|Kementerian Pekerjaan Umum",
        "Penanggung jawab": "Komisariat Wilayah V",
        "Tenggat": "30 Juni 2025",
        "Ditinjau kembali pada": "15 Januari 2025",
    }
    signed = found["Pertemuan dan tanda tangan", "Penanda tangan"]
    assert "H. Contoh" in signed["ins"]
    told = text_of(city.get(page(made)))
    assert "Alamat keliru" in told
    assert "Dialamatkan kepada: Bappenas; Kementerian Pekerjaan Umum" in told

    changed = edited(given, "Percepatan jalan", "Perlambatan jalan")
    outside = text_of(upload(city, made, changed))
    assert "Isi berkas ini berbeda dari berita acara" in outside
    assert "hilang: Percepatan baru: Perlambatan jalan" in outside
    assert city.get(page(made, "minutes-file", 1, "docx")).content == given
    assert made.forum.minutes.count() == 2
    point.refresh_from_db()
    assert point.title == "Percepatan jalan"


def test_a_draft_that_corrects_keeps_its_words_in_the_form_and_is_not_behind(made, secretary):
    seal(made)
    made.move(Stage.SEALED)
    fields = form_of(secretary, page(made, "minutes-draw-up"))
    fields |= {"reason": "Salah tik", "text_1": "Antarkota."}
    told = text_of(secretary.post(page(made, "minutes-draw-up"), fields, follow=True))
    assert "berbeda dari berita acara ini" not in told
    assert form_of(secretary, page(made, "minutes-draw-up"))["text_1"] == "Antarkota."
    assert made.forum.points.get().text == ""


def test_at_another_stage_the_form_says_when(made, secretary):
    made.move(Stage.PREPARING)
    response = secretary.get(page(made, "minutes-draw-up"))
    assert "tidak dapat dilakukan pada tahap sekarang" in text_of(response)
    fields = {"opening": "Tetap ada", "signatories": "Wali Kota", "reason": "Salah tik"}
    response = secretary.post(page(made, "minutes-draw-up"), fields)
    assert response.status_code == 409
    assert "Tetap ada" in response.content.decode()


def test_when_points_change_the_draft_says_that_it_is_behind(made, secretary):
    draw_up(made)
    assert "berbeda dari berita acara ini" not in text_of(secretary.get(page(made)))
    points.agree(made.secretary, made.forum.pk, PointDetails(2, "Pangan", "own"))
    assert "berbeda dari berita acara ini" in text_of(secretary.get(page(made)))


def upload(client, made, content, name="berita.docx"):
    return client.post(page(made, "minutes-check", 1), {"file": SimpleUploadedFile(name, content)})


def test_a_file_from_outside_is_compared_and_never_taken_over(made, city):
    seal(made)
    given = city.get(page(made, "minutes-file", 1, "docx")).content
    assert "Persis sama" in text_of(upload(city, made, given))
    pdf = city.get(page(made, "minutes-file", 1, "pdf")).content
    assert "Dari PDF hanya berkas utuh" in text_of(upload(city, made, pdf + b" ", "b.pdf"))
    assert made.forum.minutes.count() == 1


@pytest.mark.parametrize("content", [b"", b"bukan dokumen"])
def test_a_file_that_cannot_be_read_is_told(made, city, content):
    seal(made)
    response = upload(city, made, content)
    assert response.status_code == 422
    assert BeautifulSoup(response.content, "html.parser").select(".field-error")
    assert city.post(page(made, "minutes-check", 1)).status_code == 422


def test_visitors_of_a_public_forum_read_but_have_nothing_compared(made):
    seal(made)
    sharing.set_visibility(operator(), made.forum, Visibility.PUBLIC)
    visitor = Client()
    assert "Percepatan jalan" in text_of(visitor.get(page(made)))
    assert visitor.get(page(made, "minutes-file", 1, "pdf")).status_code == 200
    assert visitor.get(page(made, "minutes-check", 1)).status_code in {302, 403}


def test_a_forum_from_publications_names_them_instead_of_minutes():
    from tests.forums.play import play

    made = play()
    meetings.enter_past(made.secretary, made.forum.pk, Stage.FOLLOWING_UP, "Kabar Contoh 2024")
    text = text_of(of(made.secretary).get(page(made)))
    assert "dimasukkan dari publikasi" in text
    assert "Kabar Contoh 2024" in text
    assert "Susun" not in text
