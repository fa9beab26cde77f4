"""Minutes: drawn up, sealed once, corrected by versions, rendered the same for ever, checked."""

from datetime import date

import pytest
from django.db import transaction
from django.utils import translation

from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import AuditRecord
from sinergi.forums import minutes as contents
from sinergi.forums.actions import invitations, minutes, points
from sinergi.forums.documents import export_minutes
from sinergi.forums.documents.comparison import compare
from sinergi.forums.documents.numerals import full_day
from sinergi.forums.minutes import Wording
from sinergi.forums.models import Minutes
from sinergi.forums.queries.minutes import suggested_signatories, versions
from sinergi.forums.stages import Stage
from sinergi.forums.wordwise import line_changes, marked
from sinergi.reference.number_words import in_words

from .minuting import agreed, drawn, sealed
from .play import play

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """A forum that deliberates, with one agreed point."""
    return agreed()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (14, "empat belas"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1998, "seribu sembilan ratus sembilan puluh delapan"),
        (2024, "dua ribu dua puluh empat"),
        (2000, "dua ribu"),
    ],
)
def test_numbers_are_said_in_indonesian(number, words):
    assert in_words(number) == words


def test_all_numbers_to_9999_are_said_differently():
    assert len({in_words(number) for number in range(10_000)}) == 10_000
    with pytest.raises(ValueError, match=str(10**15)):
        in_words(10**15)


def test_the_day_is_in_words_in_indonesian_and_usual_in_english():
    with translation.override("id"):
        told = full_day(date(2024, 4, 21))
    words = "Minggu, tanggal dua puluh satu bulan April tahun dua ribu dua puluh empat (21-04-2024)"
    assert told == words
    with translation.override("en"):
        assert full_day(date(2024, 4, 21)) == "Sunday, 21 April 2024"


def test_a_draft_that_would_say_the_same_leaves_no_trace(made):
    first = drawn(made)
    before = AuditRecord.objects.count()
    assert drawn(made).pk == first.pk
    assert AuditRecord.objects.count() == before


def test_two_who_draw_up_at_once_do_not_overwrite_each_other(made):
    drawn(made, seen="")
    with pytest.raises(ConflictError):
        drawn(made, opening="Yang kedua", seen="")
    assert made.forum.minutes.get().content["opening"] == "Pembukaan"


def test_a_draft_drawn_up_anew_meanwhile_is_not_sealed(made):
    seen = contents.hash_of(drawn(made).content)
    drawn(made, opening="Lain")
    with pytest.raises(ConflictError):
        minutes.seal_minutes(made.secretary, made.forum.pk, 1, seen)
    assert made.forum.minutes.get().sealed_at is None


def test_sealing_again_finds_it_done(made):
    row = sealed(made)
    before = AuditRecord.objects.count()
    again = minutes.seal_minutes(made.secretary, made.forum.pk, 1, row.sha256)
    assert (again.pk, again.sealed_at) == (row.pk, row.sealed_at)
    assert AuditRecord.objects.count() == before


def test_work_that_breaks_off_while_sealing_leaves_the_draft(made):
    def broken_off():
        with transaction.atomic():
            row = made.forum.minutes.get()
            sha256 = contents.hash_of(row.content)
            minutes.seal_minutes(made.secretary, made.forum.pk, row.version, sha256)
            raise SystemExit

    drawn(made)
    before = AuditRecord.objects.count()
    with pytest.raises(SystemExit):
        broken_off()
    row = made.forum.minutes.get()
    assert (row.sealed_at, row.sha256) == (None, "")
    assert AuditRecord.objects.count() == before


def test_nobody_seals_what_nobody_signs_or_what_has_no_point(made):
    with pytest.raises(InvalidError) as refused:
        sealed(made, signatories=[])
    assert set(refused.value.fields) == {"signatories"}
    points.strike_point(made.secretary, made.forum.pk, made.forum.points.get().pk)
    with pytest.raises(InvalidError) as refused:
        sealed(made)
    assert set(refused.value.fields) == {"points"}


def test_delegations_neither_draw_up_nor_see_the_draft(made):
    row = drawn(made)
    city = made.cities["banjarbaru"]
    assert not versions(city, made.forum)
    with pytest.raises(ForbiddenError):
        minutes.draw_up(city, made.forum.pk)
    with pytest.raises(UnseenError):
        export_minutes(city, made.forum.pk, row.version, "pdf")


def test_who_left_before_the_meeting_does_not_stand_in_the_minutes(made):
    invitations.leave(made.secretary, made.forum.pk, made.delegations["banjarmasin"].pk)
    assert len(drawn(made).content["coming"]) == 2


def test_heads_of_governments_are_suggested_by_their_office():
    made = play("banjarbaru")
    home = made.delegations["banjarbaru"].organisation
    for name, head in (
        ("Pemerintah Kota Banjarbaru", "Wali Kota Banjarbaru"),
        ("Pemerintah Kabupaten Banjar", "Bupati Banjar"),
        ("Dinas Contoh", "Dinas Contoh"),
    ):
        home.name = name
        home.save()
        assert suggested_signatories(made.forum) == [(head, "")]


def corrected(made, **wording):
    """A draft of version 2 with other words."""
    words = {int(number.strip("_")): one for number, one in wording.items()}
    return drawn(made, reason="Salah tik", wording=words)


def test_a_correction_words_a_point_otherwise_when_it_is_sealed(made):
    sealed(made)
    made.move(Stage.SEALED)
    row = corrected(made, _1=Wording("Percepatan jalan nasional", "Baris satu."))
    point = made.forum.points.get()
    assert point.title == "Percepatan jalan"
    minutes.seal_minutes(made.secretary, made.forum.pk, 2, contents.hash_of(row.content))
    point.refresh_from_db()
    assert (point.title, point.text) == ("Percepatan jalan nasional", "Baris satu.")
    told = AuditRecord.objects.get(verb="point_changed")
    assert told.reason == "Salah tik"
    assert made.forum.minutes.get(version=1).content["points"][0]["title"] == "Percepatan jalan"


def test_before_minutes_are_sealed_points_are_not_worded_in_them(made):
    with pytest.raises(InvalidError) as refused:
        corrected(made, _1=Wording("Lain"))
    assert set(refused.value.fields) == {"points"}


def test_a_correction_keeps_to_the_rules_of_points(made):
    sealed(made)
    made.move(Stage.SEALED)
    with pytest.raises(InvalidError) as refused:
        corrected(made, _1=Wording("", "x" * 6001))
    assert set(refused.value.fields) == {"title_1", "text_1"}
    with pytest.raises(UnseenError):
        corrected(made, _7=Wording("Tidak ada"))


def test_two_versions_are_compared_point_by_point_with_words_marked(made):
    first = sealed(made)
    made.move(Stage.SEALED)
    second = Minutes(forum=made.forum, version=2, content=dict(first.content), reason="Salah tik")
    point = first.content["points"][0]
    second.content["opening"] = "Pembukaan resmi"
    second.content["points"] = [
        {**point, "text": "Baris satu.\nBaris tiga.", "due": "2026-12-31", "type": "own"},
        {**point, "number": 2},
    ]
    head, changed, added = compare(first, second)
    assert [(one.state, one.text) for one in head.rows[0].pieces][-1] == ("new", "resmi")
    states = {piece.text: piece.state for row in changed.rows for piece in row.pieces}
    assert states["dua."] == "gone"
    assert states["31 Desember 2026"] == "new"
    assert (changed.state, added.state) == ("", "new")
    assert compare(second, first)[-1].state == "gone"


def test_signatories_and_days_are_compared_in_words(made):
    first = sealed(made)
    other = Minutes(forum=made.forum, version=2, content=dict(first.content))
    other.content |= {"signatories": [], "begins": "", "type": "plans", "coming": ["Kota X"]}
    [section] = compare(first, other)
    texts = [piece.text for row in section.rows for piece in row.pieces]
    assert "Wali Kota Banjarbaru\nWali Kota Banjarmasin; H. Contoh" in texts
    assert "21 April 2024" in texts


def test_marks_put_both_texts_together_again():
    before, after = "satu dua tiga", "satu empat tiga lima"
    found = marked(before, after)
    assert "".join(one.text for one in found if one.state != "gone") == after
    assert marked("", "") == []
    long = "kata " * 2000
    assert [one.state for one in marked(long, "kata")] == ["gone", "new"]


def test_lines_more_and_less_are_found_where_they_stand():
    found = line_changes(["a", "b", "c"], ["a", "x", "c", "d"])
    assert [(one.number, one.before, one.after) for one in found] == [(2, "b", "x"), (4, "", "d")]
    [gone] = line_changes(["a", "b"], ["a"])
    assert (gone.before, gone.after) == ("b", "")
