"""Script, templates and formulas in every field that a person can fill: shown as text wherever it appears."""

import csv
import io
import itertools
import re
import zipfile

from django.core import mail
from lxml import etree

from tests.attacks.walking import addresses, post_forms, soup

MARK = "sinergi-serangan"
TEXT = (
    f'=HYPERLINK("x")\'"><{MARK} onsinergi=1></textarea></title></script>{{{{7*777}}}}{{% debug %}}'
)
ADDRESS = f'"<{MARK}>"@contoh.test'
SHORT = f"<{MARK}>"


def attacks(field: str) -> list[str]:
    """What is tried in a field: all of it, and shorter where it is too long."""
    return [ADDRESS, f"x@<{MARK}>.test"] if "mail" in field else [TEXT, SHORT]


def send(client, form) -> list:
    """Fill all texts of a form with script, and where that is refused, one after the other."""
    answers = []
    for number in range(2):
        filled = {name: attacks(name)[number] for name in form.texts}
        answers.append(client.post(form.action, {**form.values, **filled}))
    return answers


def made_of_text(answer) -> list[str]:
    """What an answer turned a text into that it should have shown."""
    parsed = soup(answer)
    wrong = [str(tag)[:80] for tag in parsed.find_all(MARK)]
    wrong += [str(tag)[:80] for tag in parsed.find_all(attrs={"onsinergi": True})]
    wrong += [
        str(tag)[:80] for tag in parsed.find_all(href=re.compile("^ *(javascript|data):", re.I))
    ]
    return wrong + (["5439"] if "{{" not in parsed.text and "5439" in parsed.text else [])


def write_everywhere(insider, house) -> None:
    """Write script into every form of the house."""
    forms = [form for form in post_forms(insider, house) if form.texts]
    assert len(forms) >= 12, [form.action for form in forms]
    wrong, stored = [], 0
    for form in forms:
        for answer in send(insider, form):
            assert answer.status_code < 500, form
            stored += answer.status_code == 302
            wrong += [(form.action, one) for one in made_of_text(answer)]
    assert wrong == []
    assert stored >= 10, [form.action for form in forms]


def test_what_people_write_is_text_on_every_page_in_letters_and_in_files(insider, house) -> None:
    write_everywhere(insider, house)
    pages_show_text(insider, house)
    letters_show_text()
    files_run_nothing(insider, house)
    the_trail_runs_nothing(insider)


def pages_show_text(insider, house) -> None:
    shown, wrong = 0, []
    for there in addresses(house):
        answer = insider.get(there)
        assert answer.status_code < 500 or there.endswith("/readyz"), there
        shown += MARK in soup(answer).get_text()
        wrong += [(there, one) for one in made_of_text(answer)]
    assert wrong == []
    assert shown >= 10


def letters_show_text() -> None:
    for letter in mail.outbox:
        assert "\n" not in letter.subject + "".join(letter.to)
        assert not [page for page, _kind in letter.alternatives if f"<{MARK}" in page]


def files_run_nothing(insider, house) -> None:
    plan = house.things["priority_list", "private"]

    def file(kind: str) -> bytes:
        return b"".join(insider.get(f"/daftar/{plan.pk}/ekspor.{kind}"))

    with zipfile.ZipFile(io.BytesIO(file("xlsx"))) as book:
        parts = [book.read(name) for name in book.namelist() if name.endswith(".xml")]
    assert any(MARK.encode() in part for part in parts)
    for part in parts:
        assert not names_in(part) & {MARK, "f", "hyperlink"}
    runs_no_formula(file("csv"))
    with zipfile.ZipFile(io.BytesIO(file("docx"))) as word:
        document = word.read("word/document.xml")
    assert MARK in "".join(etree.fromstring(document).itertext())
    assert MARK not in names_in(document)


def names_in(part: bytes) -> set[str]:
    return {etree.QName(one).localname for one in etree.fromstring(part).iter(etree.Element)}


def runs_no_formula(content: bytes) -> None:
    text = content.decode("utf-8-sig")
    assert MARK in text
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "\t"))]


def the_trail_runs_nothing(insider) -> None:
    runs_no_formula(b"".join(insider.post("/audit/unduh.csv")))


ADDRESSES = [
    "/cari/?q={}",
    "/?objek={}",
    "/?dalam={}&cari={}",
    "/wilayah/?q={}&halaman={}",
    "/organisasi/?q={}",
    "/pengelolaan/orang/?q={}",
    "/audit/?teks={}&orang={}&nomor={}&permintaan={}&sejak={}",
    "/data/{}/",
    "/wilayah/{}/",
    "/objek/{}/",
    "/peluang/TPA_REGIONAL/{}/",
    "/undangan/{}/",
    "/daftar/tambah/?objek={}&anggota={}",
    "/peta-tersimpan/baru/?nama={}",
    "/masuk/?next={}",
    "/{}",
]


def test_what_stands_in_an_address_is_shown_as_text(insider) -> None:
    encoded = (f"%22%27%3E%3C{MARK}%20onsinergi%3D1%3E", f"%3C{MARK}%3E{{{{7*777}}}}")
    for there, attack in itertools.product(ADDRESSES, encoded):
        answer = insider.get(there.replace("{}", attack))
        assert answer.status_code < 500
        assert made_of_text(answer) == []
