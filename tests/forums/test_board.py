"""The board: what may be read is counted, what may not is in nothing; filters, orders, recurrence."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import load_workbook

from sinergi.accounts.actions.sharing import share
from sinergi.accounts.models import AuditRecord, Level, Person
from sinergi.accounts.principal import Principal, operator, visitor
from sinergi.forums.actions import meetings, points
from sinergi.forums.actions.descent import descend
from sinergi.forums.actions.news import report
from sinergi.forums.details import ForumDetails, NewsDetails, PointDetails
from sinergi.forums.exports.board import board_sheet, export_board
from sinergi.forums.fates import Fate, Watch, overdue, untouched
from sinergi.forums.models import Addressee, Descent, Forum, Point, Theme
from sinergi.forums.queries.board import Board, Narrowed
from sinergi.forums.queries.from_themes import theme_titles
from sinergi.forums.queries.lineage import Node
from tests.people import asks, organisation, person

from .play import deliberating

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
ROAD = "Percepatan pembangunan jalan tol Banjarmasin ke Palangka Raya"
WASTE = "Tempat pemrosesan akhir sampah regional Banjarbakula"


def forum(code: str = "apeksi", title: str = "Rakernas", begins: date = date(2024, 6, 3)) -> Forum:
    """A forum of an organisation."""
    details = ForumDetails(title, "national", begins=begins, ends=begins)
    return meetings.announce(operator(), organisation(code), details)


def point(of: Forum, number: int = 1, title: str = ROAD, to: str = "", **values) -> Point:
    """A point, with a day of its last news unless told."""
    values = {"type": "advocacy", "touched": date(2024, 6, 3), **values}
    made = Point.objects.create(forum=of, number=number, title=title, **values)
    if to:
        Addressee.objects.create(point=made, name=to, organisation=None)
    return made


def board(by: Principal | None = None, **narrowed: object) -> Board:
    return Board(by or operator(), Narrowed(**narrowed), TODAY)


def numbers(**narrowed: object) -> list[int]:
    return [one.number for one in board(**narrowed).points]


def test_points_of_forums_that_may_not_be_read_are_in_no_list_total_or_file() -> None:
    mine, other = forum("apeksi"), forum("adkasi", "Rahasia")
    point(mine, 1, to="Kementerian PU", review=date(2027, 1, 1))
    hidden = point(other, 2, "Jalan tol rahasia", to="Badan Rahasia", review=date(2024, 7, 1))
    reader = asks(person("Ani", ("viewer", mine.organisation)))
    found = board(reader)
    assert [one.number for one in found.points] == [1]
    assert (found.totals.all, found.totals.untouched) == (1, 0)
    assert found.addressees() == ["Kementerian PU"]
    _name, content = export_board(found, "csv")
    assert "rahasia" not in content.decode().lower()
    for narrowed in ({"forum": other.pk}, {"like": hidden.pk}, {"addressee": "Badan"}):
        assert board(reader, **narrowed).totals.all == 0
    assert board(visitor()).totals.all == 0
    share(operator(), other, mine.organisation, Level.READ)
    assert board(asks_again(reader)).totals.all == 2


def asks_again(reader: Principal) -> Principal:
    """The same person, with what was shared meanwhile."""
    return asks(Person.objects.get(pk=reader.person_id))


def test_forums_that_were_put_away_and_struck_points_are_not_on_the_board() -> None:
    there = forum()
    point(there, 1)
    gone = point(there, 2)
    Point.objects.filter(pk=gone.pk).update(struck_at="2024-07-01T00:00Z")
    assert numbers() == [1]
    meetings.put_forum_away(operator(), there.pk, reason="uji")
    assert numbers() == []


def test_each_filter_leaves_what_it_names() -> None:
    one, two = forum(), forum("komwil", "Raker", begins=date(2022, 3, 1))
    Forum.objects.filter(pk=two.pk).update(type="commissariat")
    point(one, 1, to="Kementerian PU", fate="sent")
    point(one, 2, WASTE, type="own", affair="1.03", touched=TODAY)
    point(two, 3, "Lain sama sekali", fate="delivered")
    assert numbers(addressee="kementerian p") == [1]
    assert numbers(type="own") == [2]
    assert numbers(affair="1.03") == [2]
    assert set(numbers(fates=("sent", "delivered"))) == {1, 3}
    assert set(numbers(forum=one.pk)) == {1, 2}
    assert numbers(kind="commissariat") == [3]
    assert set(numbers(older=365)) == {1, 3}
    assert numbers(type="own", addressee="kementerian") == []


def test_an_addressee_is_found_by_the_name_of_today_too() -> None:
    ministry = organisation("kementerian-pu", name="Kementerian Pekerjaan Umum")
    made = point(forum(), 1, to="Kementerian PUPR")
    made.addressees.update(organisation=ministry)
    assert numbers(addressee="pekerjaan umum") == [1]
    assert numbers(addressee="pupr") == [1]


@pytest.mark.parametrize("fate", list(Fate))
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_untouched_and_overdue_are_those_of_the_rules(fate: Fate, days: int) -> None:
    review, due = TODAY + timedelta(days=days), TODAY - timedelta(days=days)
    there = forum()
    for number, touched in enumerate((review - timedelta(days=1), review, review), start=1):
        point(there, number, fate=fate.value, review=review, due=due, touched=touched)
    rows = list(Point.objects.all())
    watches = {one.number: Watch(fate, one.touched, one.review, one.due) for one in rows}
    late = {number for number, watch in watches.items() if overdue(watch, TODAY)}
    alone = {number for number, watch in watches.items() if untouched(watch, TODAY)}
    assert set(numbers(untouched=True)) == alone
    assert set(numbers(overdue=True)) == late
    assert board().totals.overdue == len(late)


def test_orders_are_by_age_review_and_number() -> None:
    there = forum()
    point(there, 3, touched=date(2024, 1, 1), review=None)
    point(there, 1, touched=date(2026, 1, 1), review=date(2027, 1, 1))
    point(there, 2, touched=date(2025, 1, 1), review=date(2026, 12, 1))
    assert numbers(sort="usia") == [3, 2, 1]
    assert numbers(sort="terbaru") == [1, 2, 3]
    assert numbers(sort="tinjau") == [2, 1, 3]
    assert numbers(sort="nomor") == [1, 2, 3]


def test_a_point_recurs_when_an_earlier_forum_said_the_same() -> None:
    early = forum("komwil", "Raker 2022", begins=date(2022, 3, 1))
    late = forum("apeksi", "Rakernas 2024")
    first = point(early, 1, "Jalan tol Banjarmasin – Palangka Raya dipercepat pembangunannya")
    again = point(late, 2, ROAD)
    point(late, 3, WASTE)
    assert numbers(recurring=True) == [2]
    assert set(numbers(like=again.pk)) == {1, 2}
    reader = asks(person("Ani", ("viewer", late.organisation)))
    assert board(reader, recurring=True).totals.all == 0
    Point.objects.filter(pk=first.pk).update(struck_at="2024-07-01T00:00Z")
    assert numbers(recurring=True) == []


def test_a_point_that_was_forwarded_does_not_recur() -> None:
    """Otherwise every point of a commissariat would come back at the national meeting."""
    city, komwil, national = forum("banjarbaru"), forum("komwil"), forum("apeksi")
    first, second, third = (point(one, 1) for one in (city, komwil, national))
    assert set(numbers(like=first.pk)) == {1}
    assert board(recurring=True).totals.all == 2
    kind = Descent.Kind.POINT
    descend([Node(kind, first.pk)], Node(kind, second.pk))
    descend([Node(kind, second.pk)], Node(kind, third.pk))
    assert board(recurring=True).totals.all == 0
    again = point(forum("adkasi", "Rakernas lain", date(2025, 1, 1)), 2)
    assert numbers(recurring=True) == [again.number]


def test_a_file_holds_every_point_and_runs_no_formula() -> None:
    there = forum()
    for number in range(1, 4):
        point(there, number, "=cmd()", to="@jahat")
    sheet = board_sheet(board())
    assert len(sheet.rows) == 3
    name, content = export_board(board(), "csv")
    assert name.endswith("2026-11-22.csv")
    assert "'=cmd()" in content.decode()
    assert ",=cmd()" not in content.decode()
    assert export_board(board(), "xlsx")[1].startswith(b"PK")


def test_a_file_says_who_proposed_a_point_what_came_of_it_and_where_it_is_read(client) -> None:
    made, themes = deliberating()
    details = PointDetails(1, "Percepatan jalan", "advocacy", due=date(2027, 1, 31))
    agreed = points.agree(
        made.secretary, made.forum.pk, details, points.Origin(themes=(themes[0].pk,))
    )
    Forum.objects.filter(pk=made.forum.pk).update(stage="following_up", points_told=9)
    link = "https://contoh.test/rpjmn"
    for told in (
        NewsDetails("sent", date(2024, 5, 1), text="Surat 12"),
        NewsDetails("in_plan", date(2024, 6, 1), "Masuk rencana", "RPJMN 2025", link),
    ):
        report(made.secretary, made.forum.pk, agreed.pk, told)
    with translation.override("id"):
        name, content = export_board(board(made.secretary), "xlsx", "https://sinergi.test/")
    assert name == "tindak-lanjut-2026-11-22.xlsx"
    sheet = load_workbook(BytesIO(content)).active
    heads, values = ([cell.value for cell in row] for row in sheet.iter_rows())
    told = dict(zip(heads, values, strict=True))
    assert told["Diajukan oleh"] == made.delegations["banjarbaru"].organisation.name
    assert told["Isi kabar terakhir"] == "Masuk rencana"
    assert told["Bukti kabar terakhir"] == f"RPJMN 2025\n{link}"
    assert told["Alamat laman"] == f"https://sinergi.test{agreed.get_absolute_url()}"
    assert told["Kabar terakhir"] == datetime(2024, 6, 1)  # noqa: DTZ001
    assert 9 in values
    Forum.objects.filter(pk=made.forum.pk).update(visibility="public")
    plain = client.get("/tindak-lanjut/butir.csv").content.decode()
    assert "2027-01-31" in plain
    assert f"http://testserver{agreed.get_absolute_url()}" in plain


def test_a_file_tells_no_stranger_who_proposed_what_came_from_a_private_forum() -> None:
    made, themes = deliberating()
    details = PointDetails(1, "Percepatan jalan", "advocacy")
    below = points.agree(
        made.secretary, made.forum.pk, details, points.Origin(themes=(themes[0].pk,))
    )
    above = point(forum("apeksi"), 7)
    Forum.objects.filter(pk=above.forum_id).update(visibility="public")
    descend([Node("point", below.pk)], Node("point", above.pk))
    city = made.delegations["banjarbaru"].organisation.name
    assert city in export_board(board(), "csv")[1].decode()
    assert city not in export_board(board(visitor()), "csv")[1].decode()


def test_that_points_of_a_private_forum_left_is_recorded() -> None:
    there = forum()
    point(there, 1)
    Forum.objects.filter(pk=forum("adkasi", "Terbuka").pk).update(visibility="public")
    export_board(board(), "csv")
    rows = AuditRecord.objects.filter(verb="exported")
    assert [row.object_id for row in rows] == [str(there.pk)]


def test_the_board_asks_as_often_for_many_points_as_for_few() -> None:
    asked = []
    for count in (3, 60):
        there = forum(f"o-{count}", f"Forum {count}")
        for number in range(1, count + 1):
            point(there, number, to=f"Badan {number}")
        with CaptureQueriesContext(connection) as queries:
            found = board()
            found.rows(list(found.page("1").object_list))
            found.addressees()
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_board_is_searched_by_words_and_by_the_themes_points_came_from() -> None:
    city, above = forum("komwil-v", "Raker"), forum("apeksi")
    road = point(city, 1, "Jalan lintas", text="Percepatan tol Banjarmasin")
    point(city, 2, "Sampah regional")
    higher = point(above, 3, "Konektivitas Kalimantan")
    old, new = (Theme.objects.create(forum=city, title=one) for one in ("Jalan rusak", "Akses"))
    descend([Node("theme", old.pk)], Node("theme", new.pk))
    descend([Node("theme", new.pk)], Node("point", road.pk))
    descend([Node("point", road.pk)], Node("point", higher.pk))
    assert numbers(words="TOL jalan") == [1]
    assert numbers(words="tol sampah") == []
    assert sorted(numbers(theme="akses")) == sorted(numbers(theme="rusak")) == [1, 3]
    assert numbers(theme="rusak", words="konektivitas") == [3]
    reader = asks(person("Ani", ("viewer", above.organisation)))
    assert [one.number for one in board(reader, theme="rusak").points] == []
    assert theme_titles(operator()) == ["Akses"]
    assert theme_titles(reader) == []
    _name, content = export_board(board(theme="akses"), "csv")
    assert "Sampah" not in content.decode()


def test_programs_and_addresses_search_the_same(client) -> None:
    meeting = forum()
    point(meeting, 1, "Jalan lintas")
    found = point(meeting, 2, "Sampah regional")
    Forum.objects.filter(pk=meeting.pk).update(visibility="public")
    told = client.get("/api/v1/points", {"words": "sampah"}).json()["items"]
    assert [one["id"] for one in told] == [found.pk]
    assert client.get("/api/v1/points", {"theme": "tidak ada"}).json()["items"] == []
    page = client.get("/tindak-lanjut/", {"kata": "sampah", "tema": ""})
    assert [one.point.number for one in page.context["rows"]] == [2]
    assert page.context["query"] == "kata=sampah"
    assert "kata=sampah" in page.content.decode()
