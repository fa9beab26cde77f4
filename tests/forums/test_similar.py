"""The search for earlier points and issues: who finds what, what became of it, an index that follows."""

from io import BytesIO

import pytest

from sinergi.accounts.principal import operator
from sinergi.forums.actions import issues as issue_actions
from sinergi.forums.actions import points
from sinergi.forums.actions.descent import descend
from sinergi.forums.details import IssueDetails, PointDetails
from sinergi.forums.models import Descent, Point
from sinergi.forums.queries import recurrence, similar
from sinergi.forums.queries.lineage import Node
from sinergi.forums.queries.recurrence import compare
from sinergi.forums.queries.similar import earlier
from sinergi.forums.stages import Stage
from sinergi.site.server import warm

from .play import Play, deliberating, play

pytestmark = pytest.mark.django_db
WASTE = "Tempat pembuangan akhir sampah penuh, perlu TPA regional"
ASKED = "Pembuangan akhir sampah kota sudah penuh"


@pytest.fixture(autouse=True)
def _fresh_index() -> None:
    similar.forget()


@pytest.fixture
def before() -> Play:
    """A forum of before that raises issues."""
    found = play(office="komwil-lama", title="Raker 2022")
    found.move(Stage.RAISING)
    return found


@pytest.fixture
def now() -> Play:
    """The forum in which somebody writes."""
    return play()


def titles(found) -> list[str]:
    return [one.row.title for one in found]


def test_what_says_the_same_is_found_with_the_words_it_shares(before, now) -> None:
    before.raises("banjarmasin", WASTE)
    before.raises("banjarbaru", "Festival kuliner malam di tepi sungai")
    [found] = earlier(now.cities["banjarbaru"], now.forum, ASKED)
    assert found.row.title == WASTE
    assert {"sampah", "penuh"} <= {word.found for word in found.shared}
    assert not found.is_point


@pytest.mark.parametrize(
    "text", ["", "sampah", "sampah penuh", "Pelatihan penenun sasirangan muda"]
)
def test_from_too_little_or_from_other_words_nothing_is_found(before, now, text) -> None:
    before.raises("banjarmasin", WASTE)
    assert earlier(now.cities["banjarbaru"], now.forum, text) == []


def test_the_own_forum_is_not_an_earlier_one(before) -> None:
    before.raises("banjarmasin", WASTE)
    assert earlier(before.cities["banjarbaru"], before.forum, ASKED) == []


def test_what_a_reader_may_not_read_does_not_crowd_out_what_it_may(before, now) -> None:
    before.raises("banjarmasin", WASTE)
    hidden = play("pontianak", office="komwil-lain", title="Tertutup")
    hidden.move(Stage.RAISING)
    for number in range(12):
        hidden.raises("pontianak", f"{ASKED} {number}")
    assert titles(earlier(now.cities["banjarbaru"], now.forum, ASKED)) == [WASTE]
    assert len(earlier(operator(), now.forum, ASKED)) == similar.MOST


def test_drafts_are_never_in_the_index(before, now) -> None:
    number = before.delegations["banjarbaru"].pk
    by = before.cities["banjarbaru"]
    row = issue_actions.raise_issue(by, before.forum.pk, number, IssueDetails(WASTE), submit=False)
    assert earlier(operator(), now.forum, ASKED) == []
    issue_actions.edit_issue(by, before.forum.pk, row.pk, IssueDetails(WASTE), submit=True)
    assert titles(earlier(operator(), now.forum, ASKED)) == [WASTE]


def test_the_index_follows_what_is_changed_and_withdrawn(before, now) -> None:
    by, row = before.cities["banjarmasin"], before.raises("banjarmasin", "Angkutan sungai")
    assert earlier(operator(), now.forum, ASKED) == []
    issue_actions.edit_issue(by, before.forum.pk, row.pk, IssueDetails(WASTE))
    assert titles(earlier(operator(), now.forum, ASKED)) == [WASTE]
    assert earlier(operator(), now.forum, "Angkutan sungai antarkota") == []
    issue_actions.withdraw_issue(by, before.forum.pk, row.pk, reason="Selesai")
    assert earlier(operator(), now.forum, ASKED) == []


def test_a_forum_that_was_put_away_is_not_told_of(before, now) -> None:
    before.raises("banjarmasin", WASTE)
    before.forum.deleted_at = before.forum.created
    before.forum.save()
    assert earlier(operator(), now.forum, ASKED) == []


def test_an_index_that_grew_old_is_made_anew(before, now) -> None:
    by, row = before.cities["banjarmasin"], before.raises("banjarmasin", WASTE)
    for number in range(120):
        details = IssueDetails(WASTE, text=f"Versi {number}")
        row = issue_actions.edit_issue(by, before.forum.pk, row.pk, details)
        assert len(earlier(operator(), now.forum, ASKED)) == 1


def test_what_became_of_a_point_and_of_an_issue_is_told(now) -> None:
    made, drawn = deliberating("samarinda", "balikpapan", office="komwil-lama", title="Raker 2022")
    issue = made.forum.issues.order_by("pk").first()
    issue.title, issue.revision = WASTE, issue.revision + 1
    issue.save()
    details = PointDetails(1, "Pembangunan tempat pembuangan akhir sampah regional", "advocacy")
    origin = points.Origin((drawn[0].pk,))
    point = points.agree(made.secretary, made.forum.pk, details, origin)
    found = {one.kind: one for one in earlier(operator(), now.forum, ASKED)}
    assert [one.point for one in found["issue"].became] == [point]
    assert [one.point for one in found["point"].became] == [point]
    Point.objects.filter(pk=point.pk).update(fate="accepted")
    found = {one.kind: one for one in earlier(operator(), now.forum, ASKED)}
    assert found["issue"].became[0].point.fate == "accepted"


def test_a_point_that_was_forwarded_is_found_once_with_where_it_went(before, now) -> None:
    other = play(office="apeksi-lama", title="Rakernas 2022")
    asks_for = {"title": WASTE, "type": "advocacy", "touched": "2022-03-01"}
    first = Point.objects.create(forum=before.forum, number=1, **asks_for)
    second = Point.objects.create(forum=other.forum, number=4, **asks_for)
    assert len(earlier(operator(), now.forum, ASKED)) == 2
    kind = Descent.Kind.POINT
    descend([Node(kind, first.pk)], Node(kind, second.pk))
    [found] = earlier(operator(), now.forum, ASKED)
    assert found.row == first
    assert [one.point for one in found.became] == [first, second]


def test_an_issue_without_a_point_tells_its_theme(now) -> None:
    made, drawn = deliberating("samarinda", office="komwil-lama", title="Raker 2022")
    issue = made.forum.issues.get()
    issue.title, issue.revision = WASTE, issue.revision + 1
    issue.save()
    [found] = earlier(operator(), now.forum, ASKED)
    assert [one.theme for one in found.became] == drawn


def test_points_that_share_a_single_word_among_others_do_not_recur() -> None:
    texts = [
        "Pembangunan jembatan timbang angkutan barang",
        "Rehabilitasi jembatan gantung perdesaan terpencil",
        "Jembatan timbang untuk angkutan barang antarpulau",
    ]
    rows = [(n, n, f"202{n}-01-01", text, "") for n, text in enumerate(texts, 1)]
    assert compare(rows).pairs == {1: (3,), 3: (1,)}


def test_what_shares_only_its_region_is_not_found_and_does_not_recur(before, now) -> None:
    asked = "Palangka Raya kekurangan dokter spesialis jantung"
    before.raises("banjarmasin", "Warga Palangka Raya mengusulkan jembatan timbang")
    assert earlier(operator(), now.forum, asked) == []
    texts = ["Jembatan timbang di Kota Palangka Raya", "Dokter spesialis di Palangka Raya"]
    rows = [(n, n, f"202{n}-01-01", text, "") for n, text in enumerate(texts, 1)]
    assert compare(rows).pairs == {}


def test_an_earlier_text_tells_what_it_differs_in(before, now) -> None:
    before.raises("banjarmasin", "Menolak pemindahan terminal induk")
    [found] = earlier(operator(), now.forum, "Mendukung pemindahan terminal induk")
    assert found.differs == (("Mendukung", "Menolak"),)


def test_a_new_web_process_has_its_indexes_ready(before, now, monkeypatch) -> None:
    before.raises("banjarmasin", WASTE)
    point = Point(forum=before.forum, number=1, title=WASTE, type="advocacy", touched="2022-03-01")
    point.save()
    read = []
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    warm(lambda _environ, _start: BytesIO(b"page"))
    monkeypatch.setattr(similar, "_take_up", lambda *_given: read.append("again"))
    monkeypatch.setattr(recurrence, "compare", lambda *_given: read.append("again"))
    assert titles(earlier(operator(), now.forum, ASKED)) == [WASTE, WASTE]
    assert point.pk in recurrence.alike().order
    assert read == []
