"""What minutes hold besides points: agenda, offices, ballots as they were held, proposers; older forms."""

import hashlib
import json
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone, translation

from sinergi.accounts.models import Organisation
from sinergi.forums import minutes as contents
from sinergi.forums.actions import ballots, points
from sinergi.forums.details import BallotDetails, PointDetails
from sinergi.forums.documents import render
from sinergi.forums.documents.comparison import compare
from sinergi.forums.documents.proceedings import origin_facts
from sinergi.forums.models import AgendaItem, Delegate, Descent, Minutes, Point
from sinergi.forums.stages import Stage
from sinergi.forums.tasks import count
from sinergi.forums.views.minutes import _behind

from .minuting import drawn, pdf_text, sealed, word_text
from .play import Play, deliberating
from .voting import CITIES, cast, closed, ranking

pytestmark = pytest.mark.django_db
FORM_1 = Path(__file__).parent / "sealed" / "form_1.json"


NEW = ("quorum_rule", "quorum_base", "members")
"""What minutes that were sealed before quorums had a rule and a base do not say of a ballot."""


def decided(made: Play, options, votes, method="borda", **values):
    """A ballot that was opened, voted in by cities in their order, closed and counted."""
    details = BallotDetails("Mana yang didahulukan?", method, tuple(options), **values)
    row = ballots.prepare_ballot(made.secretary, made.forum.pk, details)
    ballots.open_ballot(made.secretary, made.forum.pk, row.pk, few_accepted=True)
    for number, (city, order) in enumerate(zip(CITIES, votes, strict=False), start=1):
        cast(made, row, city, ranking(row, *order), number + 10 * row.pk)
    closed(made, row)
    count.call(row.pk)
    return row


@pytest.fixture
def made():
    """A meeting with an agenda, delegates checked in, ballots on its themes and a point from two of them."""
    made, drawn_themes = deliberating(*CITIES)
    themes = [(theme.title, theme.pk) for theme in drawn_themes]
    AgendaItem.objects.create(
        forum=made.forum, day=date(2024, 4, 21), begins=time(9), kind="plenary", title="Pembukaan"
    )
    here = made.delegations["banjarbaru"]
    for number, office in enumerate(("Wali Kota", "Kepala Bappeda", "Ajudan")):
        come = timezone.now() if number < 2 else None
        Delegate.objects.create(
            delegation=here, office=office, name="Budi", pass_code=str(number), checked_in_at=come
        )
    decided(made, themes, [(1, 2, 3), (2, 1, 3)])
    decided(made, [*themes[1:], ("Lain", None)], [(2, 1), (2, 1, 3), ()], secret=True)
    details = PointDetails(1, "Jalan", "own", review=date(2024, 10, 1))
    origin = points.Origin(themes=tuple(number for _title, number in themes[:2]))
    points.agree(made.secretary, made.forum.pk, details, origin)
    return made


def test_the_content_says_what_was_decided_how(made) -> None:
    content = drawn(made).content
    [point] = content["points"]
    assert point["proposers"] == ["Kota Banjarbaru", "Kota Banjarmasin"]
    assert point["ballots"] == [
        {"ballot": 1, "option": 1}, {"ballot": 1, "option": 2}, {"ballot": 2, "option": 1}
    ]  # fmt: skip
    assert point["review"] == "2024-10-01"
    assert content["offices"] == [
        {"name": "Kota Banjarbaru", "offices": ["Wali Kota", "Kepala Bappeda"]}
    ]
    assert content["agenda"][0]["begins"] == "09:00"
    first, second = content["ballots"]
    assert (first["rights"], first["votes"], first["quorum_met"]) == (3, 2, True)
    assert [(one["place"], one["standing"]) for one in first["options"]] == [
        ("1–2", "tied"), ("1–2", "tied"), ("3", "out")
    ]  # fmt: skip
    assert first["cast"] == [
        {"name": "Kota Banjarbaru", "answer": "1 › 2 › 3", "weight": 1},
        {"name": "Kota Banjarmasin", "answer": "2 › 1 › 3", "weight": 1},
    ]
    assert (second["votes"], second["blank"], second["cast"]) == (3, 1, [])
    assert json.loads(json.dumps(content)) == content


def test_who_withdrew_its_issue_proposes_nothing(made) -> None:
    issue = made.forum.issues.first()
    issue.withdrawn_at = timezone.now()
    issue.save()
    [point] = drawn(made).content["points"]
    assert point["proposers"] == ["Kota Banjarmasin"]


def test_a_point_taken_from_another_forum_is_proposed_by_that_forum_s_convener(made) -> None:
    sealed(made)
    made.move(Stage.SEALED)
    other, _themes = deliberating("kota-lain", office="komwil-iv", title="Rakernas")
    [source] = made.forum.points.all()
    target = Point.objects.create(
        forum=other.forum, number=1, title="Jalan", type="own", touched=date(2024, 5, 1)
    )
    Descent.objects.create(
        earlier_kind="point", earlier=source.pk, later_kind="point", later=target.pk
    )
    [point] = drawn(other).content["points"]
    assert point["proposers"] == [made.forum.organisation.name]
    assert point["ballots"] == []


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "id",
            (
                "Diajukan oleh: Kota Banjarbaru; Kota Banjarmasin",
                "nomor 1, “Tema Isu banjarbaru”: peringkat 1–2, seri di batas",
                "Ditinjau kembali pada: 1 Oktober 2024",
                "21 April 2024, 09.00",
                "Kota Banjarbaru (Wali Kota; Kepala Bappeda)",
                "2 dari 3; kuorum (lebih dari setengah dari yang diundang: 3) tercapai",
                "Seri untuk 1 tempat terakhir:",
                "Kota Banjarmasin: 2 › 1 › 3",
                "1 suara kosong.",
            ),
        ),
        (
            "en",
            (
                "Proposed by: Kota Banjarbaru; Kota Banjarmasin",
                "ballot 1, “Tema Isu banjarbaru”: rank 1–2, tied at the border",
                "Looked at again on: 1 October 2024",
                "21 April 2024, 09:00",
                "2 of 3; the quorum (more than half of those invited: 3) was reached",
                "Annex: ballots",
                "1 vote is blank.",
            ),
        ),
    ],
)
def test_word_and_pdf_say_it_in_both_languages(made, language, told) -> None:
    row = drawn(made)
    texts = (
        pdf_text(render(row, "pdf", language)),
        word_text(render(row, "docx", language)),
    )
    for text in texts:
        flat = " ".join(text.split())
        assert [words for words in told if words not in flat] == []
        assert "Budi" not in flat
        assert "Ajudan" not in flat


def test_where_the_quorum_was_missed_nothing_is_called_chosen(made) -> None:
    decided(made, [("A", None), ("B", None)], [(1, 2)], quorum_rule="percent", quorum=90)
    last = drawn(made).content["ballots"][-1]
    row = Minutes(
        forum=made.forum, version=9, content=drawn(made).content | {"ballots": [last], "points": []}
    )
    text = word_text(render(row, "docx", "id"))
    assert "(sekurang-kurangnya 90% dari yang diundang: 3) tidak tercapai" in text
    assert "terpilih" not in text.replace("1 terpilih", "")
    old = {name: value for name, value in last.items() if name not in NEW}
    row.content = row.content | {"ballots": [old]}
    assert "kuorum 90% tidak tercapai" in word_text(render(row, "docx", "id"))


def test_ballots_and_origins_are_compared_in_the_words_of_documents(made) -> None:
    before = drawn(made)
    old = Minutes(forum=made.forum, version=1, content=before.content)
    decided(made, [("A", None), ("B", None)], [(1, 2)])
    row = made.forum.issues.order_by("pk")[1]
    row.withdrawn_at = timezone.now()
    row.save()
    point = made.forum.points.get()
    points.watch_point(made.secretary, made.forum.pk, point.pk, due=None, review=date(2025, 2, 1))
    with translation.override("id"):
        changed, added = compare(old, drawn(made))
    rows = {row.label: [(one.state, one.text) for one in row.pieces] for row in changed.rows}
    assert ("gone", "Kota Banjarmasin") in [(s, t.strip()) for s, t in rows["Diajukan oleh"]]
    assert any("2025" in text for state, text in rows["Ditinjau kembali pada"] if state == "new")
    assert (added.title, added.state) == ("Pemungutan suara 3", "new")
    assert any("1. A: peringkat 1" in row.pieces[0].text for row in added.rows)


def test_days_of_review_that_are_told_later_do_not_make_sealed_minutes_old(made) -> None:
    row = sealed(made)
    made.move(Stage.SEALED)
    point = made.forum.points.get()
    points.watch_point(made.secretary, made.forum.pk, point.pk, due=None, review=date(2025, 2, 1))
    assert not _behind(made.forum, row, [row])
    Organisation.objects.filter(pk=made.forum.organisation_id).update(name="Lain")
    made.forum.refresh_from_db()
    assert _behind(made.forum, row, [row])


def of_form_1() -> Minutes:
    content = json.loads(FORM_1.read_text(encoding="utf-8"))
    at = datetime(2024, 4, 22, 8, 30, tzinfo=UTC)
    return Minutes(version=1, content=content, sha256=contents.hash_of(content), sealed_at=at)


FILES = {
    ("docx", "id"): "7fe9ed6af938a21f87f1a66ddb6c394115b0bd63f2adef9816fec569abbf2f39",
    ("docx", "en"): "f67c68dd3970fae524f7ded81ebc1498b11db85ac604b848449bf007831570d5",
    ("pdf", "id"): "b48ad71e4a661b92b3a290a56b930ae0c0db6bb23540568fde8ebaee38b1b19a",
    ("pdf", "en"): "d12cf79ea8f328a78723d7d3d262390e7a8dc40a10506626d1fce4e2bb265ef4",
}
"""Hashes of the files of minutes that were sealed in form 1, as they were given then: a change of
templates, words or of the program that sets them must not change what was sealed."""


@pytest.mark.parametrize(("fmt", "language"), FILES)
def test_what_was_sealed_before_gives_the_file_that_it_gave(fmt, language) -> None:
    row = of_form_1()
    assert row.sha256 == "d089c1cceba1e6cd74052185a7ff06f7d5081ccfdb5a16fdc8cd1ac403f1aca2"
    assert hash_of_file(render(row, fmt, language)) == FILES[fmt, language]


def hash_of_file(content: bytes) -> str:
    """SHA-256 of a file; of a Word file of its parts, which are packed otherwise by other builds of zlib."""
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return hashlib.sha256(content).hexdigest()


def test_minutes_of_another_form_are_compared_by_what_both_can_hold(made) -> None:
    old, new = of_form_1(), drawn(made)
    found = contents.differences(old.content, new.content)
    names = {one.where[-1] for one in found}
    assert not names & contents.SINCE_FORM_2
    assert ("points", "1", "title") in {one.where for one in found}
    assert compare(old, new)


def test_a_ballot_that_decided_nothing_says_why_beside_the_point(made) -> None:
    theme = made.forum.themes.order_by("pk").last()
    option = [(theme.title, theme.pk), ("Lain", None)]
    decided(made, option, [], quorum_rule="half")
    decided(made, option, [], quorum_rule="none")
    details, origin = PointDetails(2, "Air", "own"), points.Origin(themes=(theme.pk,))
    points.agree(made.secretary, made.forum.pk, details, origin)
    content = drawn(made).content
    with translation.override("en"):
        told = dict(origin_facts(content["points"][1], content))["Put to the vote"]
        before = {name: value for name, value in content.items() if name != "zone"}
        as_sealed = dict(origin_facts(content["points"][1], before))["Put to the vote"]
    assert f"ballot 3, “{theme.title}”: the quorum was not reached" in told
    assert f"ballot 4, “{theme.title}”: nobody voted, or every vote is blank" in told
    assert "not reached" not in as_sealed
