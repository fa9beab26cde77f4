"""The index follows the deeds: what is written is found at once, and searching writes nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sinergi.accounts.models import Share
from sinergi.agreements.actions.agreements import (
    create_agreement,
    edit_agreement,
    put_agreement_away,
    restore_agreement,
)
from sinergi.agreements.actions.parties import edit_party
from sinergi.agreements.details import details_of, party_details_of
from sinergi.agreements.models import Agreement, AgreementWords, Attachment, SearchText, StoredFile
from sinergi.agreements.queries import search
from sinergi.agreements.queries.finding import agreements_with
from sinergi.agreements.queries.readable import MOST_SHARED, readable
from sinergi.agreements.queries.register import Wanted, register
from sinergi.agreements.queries.search import hits, matching
from sinergi.agreements.search.index import catch_up, index, rebuild, stale
from sinergi.agreements.search.words import MOST_BYTES, marked
from tests.agreements.making import a_party, an_agreement, bureau, officer, public
from tests.people import organisation, person, signed_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def with_other(details, **fields: object):
    return type(details)(**{name: getattr(details, name) for name in details.__slots__} | fields)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Does a deed and all that follows its commit."""

    def do(deed, *args, **named):
        with django_capture_on_commit_callbacks(execute=True):
            return deed(*args, **named)

    return do


def a_file(agreement: Agreement, text: str, title: str = "Lampiran") -> Attachment:
    stored = StoredFile.objects.create(
        sha256=f"{StoredFile.objects.count():064}", size=1, text=text
    )
    return Attachment.objects.create(agreement=agreement, file=stored, title=title, kind="other")


def test_what_is_written_is_found_at_once(committed) -> None:
    by = officer(bureau(), "coordinator")
    details = details_of(an_agreement(title="Pengelolaan air baku"))
    made = committed(create_agreement, by, bureau(), details)
    assert list(matching(by, "mengelola baku")) == [made]

    changed = with_other(details, title="Layanan ambulans")
    committed(edit_agreement, by, made.pk, changed)
    assert list(matching(by, "ambulans")) == [made]
    assert not matching(by, "baku").exclude(pk=made.pk - 1).exists()

    party = a_party(made, "Kabupaten Lama")
    renamed = with_other(party_details_of(party), name="Kabupaten Baru")
    committed(edit_party, by, made.pk, party.pk, renamed)
    assert list(matching(by, '"kabupaten baru"')) == [made]
    assert not matching(by, "lama").exists()


def test_what_is_put_away_is_not_found_until_it_is_restored(committed) -> None:
    by, one = officer(bureau(), "coordinator"), an_agreement(title="Pasokan cabai")
    catch_up()
    committed(put_agreement_away, by, one.pk, reason="Ganda")
    assert not matching(by, "cabai").exists()
    committed(restore_agreement, by, one.pk, reason="Bukan ganda")
    assert list(matching(by, "cabai")) == [one]


def test_searching_writes_nothing(client) -> None:
    an_agreement(title="Pasokan cabai")
    browser = signed_in(client, person("Ani Pencari", ("viewer", bureau())))
    assert stale().count() == 1
    for address in ("/kerja-sama/cari/?kata=cabai", "/kerja-sama/?kata=cabai"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(address).status_code == 200
        told = [one["sql"].upper() for one in asked]
        assert not [
            sql for sql in told if "AGREEMENTS_" in sql and not sql.lstrip().startswith("SELECT")
        ]
    assert stale().count() == 1


def test_pieces_that_stayed_the_same_are_kept_and_files_are_read_once(committed) -> None:
    by, one = officer(bureau(), "coordinator"), an_agreement(title="Pasokan cabai")
    a_party(one, "Kota Banjarbaru")
    kept = a_file(one, "Berita acara timbangan")
    catch_up()
    before = {row.kind: row.pk for row in SearchText.objects.filter(agreement=one)}
    committed(edit_agreement, by, one.pk, with_other(details_of(one), title="Beras"))
    after = {row.kind: row.pk for row in SearchText.objects.filter(agreement=one)}
    assert (before["party"], before["file"]) == (after["party"], after["file"])
    assert before["agreement"] != after["agreement"]
    assert list(matching(by, "timbangan beras banjarbaru")) == [one]
    assert [hit.kind for hit in hits([one], "timbangan")[one.pk]] == ["file"]

    kept.removed_at = one.updated
    kept.save()
    Agreement.objects.get(pk=one.pk).save()
    catch_up()
    assert not matching(by, "timbangan").exists()
    assert matching(by, "beras").exists()


def test_reading_again_what_was_not_changed_writes_nothing() -> None:
    one = an_agreement()
    index([one.pk])
    with CaptureQueriesContext(connection) as asked:
        index([one.pk])
    assert not [q for q in asked if q["sql"].startswith(("INSERT", "DELETE"))]


def test_the_whole_index_is_built_anew() -> None:
    by, one = officer(), an_agreement(title="Pasokan cabai")
    catch_up()
    AgreementWords.objects.update(words="ekosong")
    assert not catch_up()
    assert rebuild() == 1
    assert list(matching(by, "cabai")) == [one]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("180/12/pks", True),
        ("12/PKS/2024", True),
        ("12/180", False),
        ("180/12/2024", False),
        ("180", True),
    ],
)
def test_numbers_are_found_by_their_parts_in_order(text: str, found: bool) -> None:
    by, one = officer(), an_agreement(number="180/12/PKS/2024")
    catch_up()
    assert list(matching(by, text)) == ([one] if found else [])


def test_elsewhere_it_is_found_by_what_names_it() -> None:
    by, one = officer(), an_agreement(title="Pasokan cabai", scope="Timbangan")
    a_party(one, "Kota Banjarbaru")
    catch_up()
    assert agreements_with(by, "banjarb cab", 5) == [one]
    assert agreements_with(by, "timbangan", 5) == []
    assert agreements_with(by, " ! ", 5) == []


@pytest.mark.parametrize("shared", [3, MOST_SHARED + 1])
def test_what_is_shared_is_found_whether_few_or_many(shared: int) -> None:
    elsewhere, mine = organisation("biro-lain"), organisation("kota-penerima")
    rows = [
        Agreement(
            organisation=elsewhere, title=f"Pasokan cabai {n}", family="KSDD", stage="preparation"
        )
        for n in range(shared + 2)
    ]
    made = Agreement.objects.bulk_create(rows)
    Share.objects.bulk_create(
        [Share(kind=Agreement.KIND, object_id=one.pk, organisation=mine) for one in made[:shared]]
    )
    own, open_to_all = an_agreement(mine, title="Cabai sendiri"), public(an_agreement(elsewhere))
    catch_up()
    by = officer(mine, "viewer")
    seen = set(readable(by).values_list("pk", flat=True))
    assert seen == {one.pk for one in made[:shared]} | {own.pk, open_to_all.pk}
    assert matching(by, "cabai").count() == shared + 1


def test_an_agreement_with_more_words_than_fit_is_still_found_by_its_name() -> None:
    by, one = officer(), an_agreement(title="Pasokan cabai")
    many = " ".join(f"kata{n:06}panjangsekali" for n in range(60_000))
    a_file(one, many)
    catch_up()
    assert len(AgreementWords.objects.get(agreement=one).words) < MOST_BYTES
    assert list(matching(by, '"pasokan cabai"')) == [one]
    assert agreements_with(by, "cabai", 5) == [one]


def test_words_are_kept_once_those_of_the_name_first() -> None:
    assert marked(["b", "a", "a"], ["a"], ["c"], ["d"]) == "pd nc nd ec ed sc sd ea eb sa"


def test_a_party_is_found_by_the_words_of_its_name_in_one_name() -> None:
    by, one = officer(), an_agreement(title="Kota lama")
    a_party(one, "Kabupaten Banjar")
    a_party(one, "Kota Baru")
    catch_up()
    for text, found in (
        ("kabupaten banj", True),
        ("kota", True),
        ("lama", False),
        ("banjar baru", False),
    ):
        assert register(by, Wanted(party=text), TODAY).rows.exists() is found, text


def test_a_phrase_of_words_that_are_everywhere_is_looked_for_in_what_changed_last(
    monkeypatch, client
) -> None:
    monkeypatch.setattr(search, "MOST_LOOKED_INTO", 3)
    by, made = officer(), [an_agreement(title=f"Pasokan cabai {n}") for n in range(5)]
    older = an_agreement(title="Cabai pasokan")
    Agreement.objects.filter(pk=older.pk).update(updated=made[0].created - timedelta(days=1))
    catch_up()
    found = search.with_words(readable(by), '"pasokan cabai"')
    assert found.cut
    assert set(found.rows) == set(made[2:])
    assert not search.with_words(readable(by), '"pasokan cabai" 4').cut
    assert list(search.with_words(readable(by), '"cabai 4"').rows) == [made[4]]
    browser = signed_in(client, person("Ani Pencari", ("viewer", bureau())))
    for address in ("/kerja-sama/cari/", "/kerja-sama/"):
        told = browser.get(address, {"kata": '"pasokan cabai"'}).content.decode()
        assert "terakhir diubah. Tambahkan kata" in told
        assert (
            "Tambahkan kata" not in browser.get(address, {"kata": "pasokan cabai"}).content.decode()
        )
