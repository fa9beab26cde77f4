"""The page on which values of one criterion are said for many lines at once."""

from typing import Any

import pytest
from django.test import Client

from sinergi.accounts.models import Person
from sinergi.accounts.principal import Principal
from sinergi.programs.actions import judging
from sinergi.programs.actions import priority as actions
from sinergi.programs.models import Alternative, Criterion, CriterionValue
from sinergi.programs.priority.rules import CriterionDetails
from tests.people import signed_in
from tests.programs.making import planner
from tests.programs.priority.ranked import a_ranking, filled, of_line

pytestmark = pytest.mark.django_db


def browser(by: Principal) -> Client:
    return signed_in(Client(), Person.objects.get(pk=by.person_id))


def said(lines: list[Alternative], *values: str, seen: tuple[str, ...] = ()) -> dict[str, str]:
    """What the form of some lines sends: numbers as written, over those that it showed."""
    sent = {}
    shown = seen or ("",) * len(values)
    for line, value, before in zip(lines, values, shown, strict=False):
        sent |= {f"b{line.pk}-value": value, f"initial-b{line.pk}-value": before}
        sent |= {f"b{line.pk}-degree": "", f"initial-b{line.pk}-degree": ""}
        sent |= {f"b{line.pk}-note": "", f"initial-b{line.pk}-note": ""}
    return sent


def test_values_of_many_lines_are_said_at_once_and_what_stays_empty_stays_missing() -> None:
    by, ranking, lines = filled()
    benefit = ranking.criteria.get(code="manfaat")
    address = f"/en/pemeringkatan/{ranking.pk}/nilai/"
    client = browser(by)

    shown = client.get(f"{address}?kriteria={benefit.pk}").content.decode()
    assert "nobody has said it yet" in shown
    answer = client.post(f"{address}?kriteria={benefit.pk}", said(lines, "80", "", "35.5"))

    assert answer.headers["Location"] == f"{address}?kriteria={benefit.pk}"
    kept = benefit.values.order_by("value").values_list("alternative", "value", "person")
    assert list(kept) == [
        (lines[2].pk, 35.5, by.person_id),
        (lines[0].pk, 80.0, by.person_id),
    ]


def test_a_fault_of_one_line_keeps_nothing_and_stands_at_its_line() -> None:
    by, ranking, lines = filled()
    benefit = ranking.criteria.get(code="manfaat")
    address = f"/en/pemeringkatan/{ranking.pk}/nilai/?kriteria={benefit.pk}"

    answer = browser(by).post(address, said(lines, "80", "900", "banyak"))

    assert answer.status_code == 422
    assert not CriterionValue.objects.exists()
    text = answer.content.decode()
    assert "Nothing was kept" in text
    assert 'value="80"' in text
    assert f'id="id_b{lines[2].pk}-value_error"' in text
    again = browser(by).post(address, said(lines, "80", "900"))
    assert f'id="id_b{lines[1].pk}-value_error"' in again.content.decode()
    assert not CriterionValue.objects.exists()


def test_what_somebody_else_said_meanwhile_is_not_taken_back() -> None:
    by, ranking, lines = filled()
    benefit = ranking.criteria.get(code="manfaat")
    judging.rate(planner(), ranking.pk, lines[1].pk, benefit.pk, value=60)

    browser(by).post(
        f"/en/pemeringkatan/{ranking.pk}/nilai/?kriteria={benefit.pk}&tampil=kosong",
        said(lines, "80", ""),
    )

    assert set(benefit.values.values_list("value", flat=True)) == {60.0, 80.0}


def test_only_lines_without_a_value_are_shown_where_that_is_asked() -> None:
    by, ranking, lines = filled()
    benefit = ranking.criteria.get(code="manfaat")
    judging.rate(by, ranking.pk, of_line(ranking, "Jalan A").pk, benefit.pk, value=60)
    address = f"/en/pemeringkatan/{ranking.pk}/nilai/?kriteria={benefit.pk}&tampil=kosong"
    text = browser(by).get(address).content.decode()
    assert "Jalan A" not in text
    assert "Jalan B" in text
    for line in lines:
        judging.rate(by, ranking.pk, line.pk, benefit.pk, value=60)
    assert "No line is without a value" in browser(by).get(address).content.decode()


def test_what_two_change_at_once_is_told_to_the_second_and_kept_when_sent_again() -> None:
    by, ranking, lines = filled()
    benefit = ranking.criteria.get(code="manfaat")
    address = f"/en/pemeringkatan/{ranking.pk}/nilai/?kriteria={benefit.pk}"
    judging.rate(planner(), ranking.pk, lines[1].pk, benefit.pk, value=60.25)

    answer = browser(by).post(address, said(lines, "80", "70"))

    assert answer.status_code == 422
    assert "changed by someone else" in answer.content.decode()
    assert list(benefit.values.values_list("value", flat=True)) == [60.25]
    form = answer.context["rows"][1]["form"]
    assert form["value"].value() == "70"
    assert form.data[f"initial-b{lines[1].pk}-value"] == "60.25"
    browser(by).post(address, said(lines, "80", "70", seen=("", "60.25")))
    assert sorted(benefit.values.values_list("value", flat=True)) == [70.0, 80.0]


def on_page(
    line: Alternative, criterion: Criterion, seen: dict[str, str], **sent: str
) -> dict[str, str]:
    """What the form on the page of a line sends, over what it showed."""
    data = {"kriteria": str(criterion.pk)}
    for name in ("value", "degree", "note"):
        data[f"k{criterion.pk}-{name}"] = sent.get(name, seen.get(name, ""))
        data[f"initial-k{criterion.pk}-{name}"] = seen.get(name, "")
    return data


def test_a_note_alone_takes_back_nothing_and_is_not_dropped() -> None:
    by, ranking, lines = filled()
    benefit = ranking.criteria.get(code="manfaat")
    address = f"/en/pemeringkatan/{ranking.pk}/baris/{lines[0].pk}/"
    client = browser(by)
    alone = client.post(address, on_page(lines[0], benefit, {}, note="Ramai"))
    assert alone.status_code == 422
    assert "A note stands beside a number" in alone.content.decode()
    assert 'value="Ramai"' in alone.content.decode()
    judging.rate(planner(), ranking.pk, lines[0].pk, benefit.pk, value=60, note="Survei")
    for sent in ({"note": "Ramai"}, {"value": "70"}):
        late = client.post(address, on_page(lines[0], benefit, {}, **sent))
        assert late.status_code == 422
        assert "changed by someone else" in late.content.decode()
    assert client.post(address, on_page(lines[0], benefit, {})).status_code == 302
    assert benefit.values.get().value == 60
    seen = {"value": "60", "note": "Survei"}
    assert client.post(address, on_page(lines[0], benefit, seen, value="")).status_code == 302
    assert not benefit.values.exists()


@pytest.mark.parametrize(
    ("unit", "ends", "kept"),
    [
        pytest.param("jiwa", {}, None, id="a unit"),
        pytest.param("", {}, 100.0, id="no unit"),
        pytest.param("jiwa", {"scale": "fixed", "low": 0, "high": 20_000}, 20_000.0, id="ends"),
    ],
)
def test_words_are_offered_and_kept_only_where_they_say_how_much(
    unit: str, ends: dict[str, Any], kept: float | None
) -> None:
    by, ranking, lines = filled()
    details = CriterionDetails("Pemanfaat", unit=unit, **ends)
    people = actions.set_criterion(by, ranking.pk, details)
    client, address = browser(by), f"/en/pemeringkatan/{ranking.pk}"
    for part in (f"baris/{lines[0].pk}/", f"nilai/?kriteria={people.pk}"):
        text = client.get(f"{address}/{part}").content.decode()
        assert (f"{people.pk}-degree" in text or f"b{lines[0].pk}-degree" in text) == bool(kept)
    sent = on_page(lines[0], people, {}, degree="very_high")
    answer = client.post(f"{address}/baris/{lines[0].pk}/", sent)
    assert answer.status_code == (302 if kept else 422)
    assert list(people.values.values_list("value", flat=True)) == ([kept] if kept else [])
    assert ("A word says nothing in “jiwa”" in answer.content.decode()) == (kept is None)


def test_a_word_from_before_the_unit_stays_to_be_seen_and_is_not_taken_back_unasked() -> None:
    by, ranking, lines = filled()
    judged = actions.set_criterion(by, ranking.pk, CriterionDetails("Pemanfaat"))
    judging.rate(by, ranking.pk, lines[0].pk, judged.pk, degree="high")
    actions.set_criterion(
        by, ranking.pk, CriterionDetails("Pemanfaat", unit="jiwa"), criterion_id=judged.pk
    )
    address = f"/en/pemeringkatan/{ranking.pk}/nilai/?kriteria={judged.pk}"
    answer = browser(by).get(address)
    assert answer.context["worded"]
    judged.refresh_from_db()
    assert judged.values.get().degree == "high"


def test_a_ranking_without_criteria_and_lines_says_so() -> None:
    by = planner()
    ranking = a_ranking(by)
    address = f"/en/pemeringkatan/{ranking.pk}/nilai/"
    assert "There is no criterion" in browser(by).get(address).content.decode()
