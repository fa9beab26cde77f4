"""Indicators of an agreement: written by who keeps it, read once a day, told no further than is known."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from sinergi.accounts.models import AuditRecord
from sinergi.agreements.models import Agreement, Measure
from sinergi.agreements.queries.measures import measured
from sinergi.evidence.models import Observation
from tests.agreements.making_dues import Owing, owing, person_of
from tests.people import signed_in, twice

pytestmark = pytest.mark.django_db
VALUES = {"name": "Sampah tertangani", "unit": "ton/hari", "baseline": "200", "target": "105,5"}


@pytest.fixture
def scene() -> Owing:
    return owing()


@pytest.fixture
def keeper(client, scene: Owing):
    return signed_in(client, person_of(scene.keeper))


def url(name: str, agreement: Agreement, *more: int) -> str:
    return reverse(f"agreements:{name}", args=[agreement.pk, *more])


def a_measure(scene: Owing, **fields: object) -> Measure:
    usual: dict[str, object] = {"name": "Sampah", "baseline": 200, "target": 100}
    return Measure.objects.create(agreement=scene.agreement, **{**usual, **fields})


def test_an_indicator_is_written_once_read_and_its_progress_told(keeper, scene: Owing) -> None:
    page = url("measure-new", scene.agreement)
    token = keeper.get(page).context["form"]["once"].value()
    for _time in range(2):
        assert keeper.post(page, {**VALUES, "once": token}).status_code == 302
    row = Measure.objects.get()
    assert (row.baseline, row.target) == (200, Decimal("105.5"))
    day = timezone.localdate()
    reading = {"on": day.isoformat(), "value": "152,75", "source": "DLH"}
    assert keeper.post(url("reading-new", scene.agreement, row.pk), reading).status_code == 302
    told = measured(scene.agreement)[0]
    assert told.progress.percent == 50
    assert not told.progress.rising
    shown = keeper.get(url("measures", scene.agreement)).content.decode()
    assert "152,75" in shown
    assert "DLH" in shown
    assert "50%" in shown
    assert AuditRecord.objects.filter(verb="measure_set", part=f"measure:{row.pk}").count() == 2


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": ""}, "name"),
        ({"indicator": "TIDAK_ADA"}, "indicator"),
        ({"region_code": "63"}, "indicator"),
        ({"baseline": "banyak"}, "baseline"),
        ({"target": "1,23456"}, "target"),
        ({"target_on": "2025-02-29"}, "target_on"),
        ({"baseline_on": "2025-01-01", "target_on": "2024-01-01"}, "target_on"),
    ],
)
def test_a_refused_indicator_keeps_what_was_typed(keeper, scene: Owing, more, field: str) -> None:
    answer = keeper.post(url("measure-new", scene.agreement), {**VALUES, **more})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert form["unit"].value() == "ton/hari"
    assert not Measure.objects.exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"on": "2999-01-01"}, "on"),
        ({"on": "1800-01-01"}, "on"),
        ({"value": ""}, "value"),
        ({"value": "x"}, "value"),
        ({"source": "x" * 201}, "source"),
    ],
)
def test_a_refused_value_keeps_what_was_typed(keeper, scene: Owing, more, field: str) -> None:
    row = a_measure(scene)
    values = {"on": timezone.localdate().isoformat(), "value": "5", "source": "DLH", **more}
    answer = keeper.post(url("reading-new", scene.agreement, row.pk), values)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["source"].value() == values["source"]


def test_a_day_is_read_once_until_the_value_is_taken_out(keeper, scene: Owing) -> None:
    row, day = a_measure(scene), timezone.localdate().isoformat()
    page = url("reading-new", scene.agreement, row.pk)
    assert keeper.post(page, {"on": day, "value": "5"}).status_code == 302
    again = keeper.post(page, {"on": day, "value": "6"})
    assert again.status_code == 422
    assert list(again.context["form"].errors) == ["on"]
    keeper.post(url("measure-remove", scene.agreement, row.pk), {"revision": 1})
    assert Measure.objects.filter(pk=row.pk).exists()
    reading = row.readings.get()
    keeper.post(url("reading-remove", scene.agreement, row.pk, reading.pk))
    assert not row.readings.exists()
    keeper.post(url("measure-remove", scene.agreement, row.pk), {"revision": 9})
    assert Measure.objects.filter(pk=row.pk).exists()
    keeper.post(url("measure-remove", scene.agreement, row.pk), {"revision": 1})
    assert not Measure.objects.filter(pk=row.pk).exists()


def test_parties_read_indicators_and_do_not_write_them(client, scene: Owing) -> None:
    row = a_measure(scene)
    signed_in(client, person_of(scene.pays))
    assert client.get(url("measures", scene.agreement)).status_code == 200
    for name, more in (
        ("measure-new", ()),
        ("measure-edit", (row.pk,)),
        ("reading-new", (row.pk,)),
    ):
        page = url(name, scene.agreement, *more)
        assert client.get(page).status_code == 403
        assert client.post(page, VALUES).status_code == 403
    assert client.post(url("measure-remove", scene.agreement, row.pk)).status_code == 403


def test_two_who_change_an_indicator_are_told_of_each_other(keeper, scene: Owing) -> None:
    row = a_measure(scene)
    page = url("measure-edit", scene.agreement, row.pk)
    answer = twice(keeper, page, {"name": "Sampah kota"}, {"target": "90"})
    assert answer.context["form"]["name"].value() == "Sampah kota"
    assert answer.context["form"]["target"].value() == "90"


def test_an_indicator_of_another_agreement_is_not_there(keeper, scene: Owing) -> None:
    row = a_measure(owing(title="Lain"))
    for name in ("measure-edit", "reading-new"):
        assert keeper.get(url(name, scene.agreement, row.pk)).status_code == 404
    assert keeper.post(url("measure-remove", scene.agreement, row.pk)).status_code == 404


def test_without_a_beginning_or_a_target_no_progress_is_told(keeper, scene: Owing) -> None:
    for fields in ({"baseline": None}, {"target": None}, {"target": 200}):
        row = a_measure(scene, **fields)
        row.readings.create(on=timezone.localdate() - timedelta(days=1), value=150)
    assert [one.progress for one in measured(scene.agreement)] == [None] * 3
    assert "%" not in keeper.get(url("measures", scene.agreement)).context["rows"][0].measure.name


@pytest.mark.usefixtures("shipped")
def test_an_indicator_of_the_evidence_shows_its_values_beside(client) -> None:
    scene = owing()
    signed_in(client, person_of(scene.keeper))
    known = Observation.objects.filter(region__code="63.71").latest("pk").indicator
    values = {"indicator": known.code, "region_code": "63.71"}
    assert client.post(url("measure-new", scene.agreement), values).status_code == 302
    told = measured(scene.agreement)[0]
    assert told.measure.name in (known.name_id, known.name_en)
    assert told.evidence.points
    assert told.evidence.info.source
    page = client.get(url("measures", scene.agreement)).content.decode()
    assert told.evidence.points[0][0] in page
