"""Many lines get a funding channel at once: all or none, exact, told, and never over what others changed."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import AuditRecord, Person
from sinergi.accounts.principal import operator
from sinergi.programs.actions import lines, versions
from sinergi.programs.actions.channels import fill_channel
from sinergi.programs.actions.imports import Wish, load_plan
from sinergi.programs.errors import StateError
from sinergi.programs.exports.lines import export_lines
from sinergi.programs.models import LineAmount, PlanLine, PlanVersion, VersionState
from sinergi.programs.queries.channels import (
    Filling,
    as_ranges,
    deeds_on,
    number_in,
    preview,
    state_of,
)
from sinergi.programs.queries.lines import LineFilter
from sinergi.programs.rules import Amount, line_details
from tests.programs.making import a_line, a_plan, a_version, many_lines, office, planner, stranger

pytestmark = pytest.mark.django_db
DAU, DAK, PAD = "DAU_BG", "DAK_FISIK", "APBD_KABKOTA"


def amounts(line: PlanLine) -> dict[tuple[int, str], int]:
    return {(one.year, one.channel): int(one.amount) for one in line.amounts.all()}


def fill(version: PlanVersion, channel: str = DAU, by=None, **asked: object):
    return fill_channel(by or planner(), version.pk, Filling(channel, **asked))


def test_amounts_without_a_channel_get_one_and_all_others_stay() -> None:
    version = a_version()
    bare = a_line(version, amounts={2025: 100, 2026: 50})
    mixed = a_line(version, amounts={(2025, ""): 30, (2025, DAK): 7})

    done = fill(version)

    assert (done.lines, done.total) == (2, Decimal(180))
    assert amounts(bare) == {(2025, DAU): 100, (2026, DAU): 50}
    assert amounts(mixed) == {(2025, DAU): 30, (2025, DAK): 7}
    assert PlanLine.objects.get(pk=mixed.pk).total == 37


def test_what_a_line_then_has_twice_of_a_channel_is_one_exact_amount() -> None:
    version = a_version()
    large = Decimal("450000000000000.07")
    line = a_line(version, amounts={(2025, ""): large, (2025, DAU): large, (2025, DAK): "0.01"})

    fill(version, replace=True)

    assert [(one.channel, one.amount) for one in line.amounts.all()] == [
        (DAU, Decimal("900000000000000.15"))
    ]


def test_a_channel_that_was_stated_is_replaced_only_when_asked() -> None:
    version = a_version()
    line = a_line(version, amounts={(2025, DAK): 7})

    with pytest.raises(InvalidError):
        fill(version)
    assert amounts(line) == {(2025, DAK): 7}
    fill(version, replace=True)
    assert amounts(line) == {(2025, DAU): 7}
    fill(version, "", replace=True)
    assert amounts(line) == {(2025, ""): 7}


def test_of_one_year_alone() -> None:
    version = a_version()
    line = a_line(version, amounts={2025: 100, 2026: 50})

    fill(version, year=2026)

    assert amounts(line) == {(2025, ""): 100, (2026, DAU): 50}


@pytest.mark.parametrize(
    "wanted",
    [
        LineFilter(agency="putr"),
        LineFilter(code="1.03"),
        LineFilter(program="jalan"),
        LineFilter(region="32.04.05"),
        LineFilter(words="citarum"),
        LineFilter(channel="-"),
        LineFilter(remark="twice"),
    ],
    ids=["agency", "code", "program", "place", "words", "not stated", "remark"],
)
def test_a_filter_leaves_the_lines_that_are_meant(wanted: LineFilter) -> None:
    version = a_version()
    meant = a_line(
        version,
        "Jembatan Citarum",
        agency="Dinas PUTR",
        code="1.03.10.2.01.0004",
        program_name="PROGRAM PENYELENGGARAAN JALAN",
        region_code="32.04.05",
        remarks=["twice"],
    )
    other = a_line(
        version, "Puskesmas", agency="Dinkes", code="1.02.02.2.01.0001", region_code="32.04.06",
        amounts={(2025, DAK): 1_000_000},
    )  # fmt: skip

    done = fill(version, wanted=wanted, replace=True)

    assert done.lines == 1
    assert amounts(meant) == {(2025, DAU): 1_000_000}
    assert amounts(other) == {(2025, DAK): 1_000_000}


def test_ticked_lines_alone_and_none_of_another_version() -> None:
    plan = a_plan()
    past = a_line(a_version(plan, VersionState.SUPERSEDED))
    version = a_version(plan, VersionState.DRAFT)
    first, second = a_line(version), a_line(version)

    done = fill(version, ticked=frozenset({first.pk, past.pk}))

    assert done.lines == 1
    assert amounts(first) == {(2025, DAU): 1_000_000}
    assert amounts(second) == amounts(past) == {(2025, ""): 1_000_000}
    with pytest.raises(InvalidError):
        fill(version, ticked=frozenset())


def test_a_preview_tells_all_that_is_touched_and_what_has_another_channel() -> None:
    version = a_version()
    a_line(version, amounts={2025: 100})
    a_line(version, amounts={(2025, DAK): 7, (2026, ""): 5})
    a_line(version, amounts={(2025, DAU): 3})
    a_line(version, amounts={})

    told = preview(version, Filling(DAU))

    assert (told.chosen, told.bare, told.lines, told.total) == (4, 1, 2, Decimal(105))
    assert [(one.channel, one.lines, one.total, one.set) for one in told.held] == [
        ("", 2, Decimal(105), True),
        (DAK, 1, Decimal(7), False),
        (DAU, 1, Decimal(3), False),
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"state": VersionState.SUPERSEDED},
        {"state": VersionState.UNDONE},
        {"state": VersionState.CURRENT, "filename": "apbd.xlsx", "sha256": "0" * 64},
    ],
    ids=["superseded", "undone", "loaded"],
)
def test_a_closed_version_stays_as_it_is(fields: dict) -> None:
    version = a_version(**fields)
    line = a_line(version)

    with pytest.raises(StateError):
        fill(version)

    assert amounts(line) == {(2025, ""): 1_000_000}


def test_a_version_begun_from_a_loaded_one_is_filled_and_the_loaded_one_stays() -> None:
    loaded = a_version(filename="apbd.xlsx", sha256="0" * 64)
    line = a_line(loaded)
    draft = versions.make_version(planner(), loaded.plan_id, copy_of=loaded.pk)

    fill(draft)

    assert amounts(line) == {(2025, ""): 1_000_000}
    assert amounts(draft.lines.get()) == {(2025, DAU): 1_000_000}


def test_who_may_not_edit_is_refused() -> None:
    version = a_version()
    line = a_line(version)

    with pytest.raises(UnseenError):
        fill(version, by=stranger())
    with pytest.raises(ForbiddenError):
        fill(version, by=planner(role="viewer"))
    assert amounts(line) == {(2025, ""): 1_000_000}


@pytest.mark.parametrize(
    ("channel", "asked", "field"),
    [
        ("NO_SUCH", {}, "channel"),
        (DAU, {"year": 2024}, "year"),
        ("", {}, "channel"),
        (DAU, {"wanted": LineFilter(words="tidakada")}, "channel"),
    ],
    ids=["no channel", "outside", "nothing to set", "no line"],
)
def test_what_cannot_be_is_told_at_its_field(channel: str, asked: dict, field: str) -> None:
    version = a_version()
    a_line(version)

    with pytest.raises(InvalidError) as met:
        fill(version, channel, **asked)

    assert set(met.value.fields) == {field}
    assert not AuditRecord.objects.exists()


def _edited(version: PlanVersion, line: PlanLine) -> None:
    lines.edit_line(planner(), line.pk, replace(line_details(line), title="Lain"), keep=True)


def _added(version: PlanVersion, line: PlanLine) -> None:
    a_line(version)


def _swapped(version: PlanVersion, line: PlanLine) -> None:
    line.delete()
    a_line(version)


@pytest.mark.parametrize("deed", [_edited, _added, _swapped], ids=["edited", "added", "swapped"])
def test_what_others_changed_since_the_preview_is_not_passed_over(deed) -> None:
    version = a_version()
    line = a_line(version)
    seen = state_of(version, Filling(DAU))
    deed(version, line)

    with pytest.raises(ConflictError):
        fill_channel(planner(), version.pk, Filling(DAU), seen=seen)

    assert not LineAmount.objects.filter(channel=DAU).exists()


def test_a_change_of_a_line_that_was_not_chosen_is_no_conflict() -> None:
    version = a_version()
    a_line(version, agency="Dinas PUTR")
    other = a_line(version, agency="Dinkes")
    asked = Filling(DAU, LineFilter(agency="PUTR"))
    seen = state_of(version, asked)
    PlanLine.objects.filter(pk=other.pk).update(revision=2)

    assert fill_channel(planner(), version.pk, asked, seen=seen).lines == 1


def test_who_had_a_line_open_meanwhile_is_told_who_set_its_channel() -> None:
    version = a_version()
    line = a_line(version)
    untouched = a_line(version, amounts={(2025, DAK): 7})
    by = planner()
    fill(version, by=by)

    with pytest.raises(ConflictError) as met:
        lines.edit_line(planner(), line.pk, line_details(line), keep=True, revision=1)

    assert Person.objects.get(pk=by.person_id).name in met.value.message
    assert PlanLine.objects.get(pk=untouched.pk).revision == 1


def test_one_record_tells_it_and_every_line_of_it_knows() -> None:
    version = a_version()
    first, other, last = a_line(version), a_line(version, agency="Dinkes"), a_line(version)

    fill_channel(
        planner(),
        version.pk,
        Filling(DAU, ticked=frozenset({first.pk, last.pk})),
        reason="DPA 2025",
    )

    [record] = AuditRecord.objects.all()
    assert (record.verb, record.part, record.reason) == ("changed", "version:1", "DPA 2025")
    after = json.loads(record.after)
    assert after["channel"] == [DAU]
    assert number_in(after["lines"]) == 2
    assert json.loads(record.before)["channel"] == [""]
    assert [len(deeds_on([one])) for one in (first, other, last)] == [1, 0, 1]


@pytest.mark.parametrize(
    ("keys", "text"),
    [([], ""), ([5], "5"), ([1, 2, 3], "1-3"), ([1, 2, 4, 7, 8], "1-2 4 7-8")],
    ids=["none", "one", "row", "gaps"],
)
def test_lines_of_a_record_are_kept_as_ranges(keys: list[int], text: str) -> None:
    assert as_ranges(keys) == text
    assert number_in(text) == len(keys)


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({}, ["twice", "channel_presumed"]),
        ({"replace": True}, ["twice"]),
        ({"year": 2025}, ["twice", "channel_unknown", "channel_presumed"]),
    ],
    ids=["kept", "replaced", "one year"],
)
def test_remarks_that_no_channel_is_known_go_when_it_is(asked: dict, left: list[str]) -> None:
    version = a_version()
    line = a_line(
        version,
        amounts={(2025, ""): 1, (2026, ""): 1, (2027, DAK): 1},
        remarks=["twice", "channel_unknown", "channel_presumed"],
    )
    plain = a_line(version)

    fill(version, **asked)

    assert PlanLine.objects.get(pk=line.pk).remarks == left
    assert PlanLine.objects.get(pk=plain.pk).remarks == []


@pytest.mark.parametrize("remark", ["channel_unknown", "ada"])
def test_lines_found_by_such_a_remark_get_their_channel(remark: str) -> None:
    version = a_version()
    found = [
        a_line(version, amounts={2025: 100}, remarks=["channel_unknown"]),
        a_line(version, amounts={2025: 40}, remarks=["twice", "channel_unknown"]),
    ]

    done = fill(version, wanted=LineFilter(remark=remark))

    assert (done.lines, done.total) == (2, Decimal(140))
    assert [amounts(one) for one in found] == [{(2025, DAU): 100}, {(2025, DAU): 40}]
    kept = PlanLine.objects.filter(pk__in=[one.pk for one in found]).order_by("pk")
    assert [(one.remarks, one.revision) for one in kept] == [([], 2), (["twice"], 2)]


def test_a_line_edited_alone_loses_such_remarks_too() -> None:
    line = a_line(a_version(), remarks=["channel_unknown"])
    told = replace(line_details(line), amounts=(Amount(2025, DAU, Decimal(5)),))

    assert lines.edit_line(planner(), line.pk, told, keep=True).remarks == []


def test_thousands_of_lines_take_as_many_queries_as_a_few() -> None:
    counted = []
    for number in (3, 3000):
        version = a_version(a_plan(office()))
        many_lines(version, number, remarks=["channel_unknown"])
        by = planner()
        with CaptureQueriesContext(connection) as asked:
            done = fill(version, by=by)
        counted.append(len(asked))
        assert done.lines == number
        assert not LineAmount.objects.filter(line__version=version).exclude(channel=DAU).exists()
    assert counted[0] == counted[1]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_set_is_handed_out_and_comes_back(tmp_path: Path, kind: str) -> None:
    version = a_version()
    a_line(version, "Jalan", amounts={2025: 100, 2026: 50})
    a_line(version, "Jembatan", amounts={(2025, ""): "30.25", (2025, DAK): 7})
    fill(version)
    path = tmp_path / f"rencana.{kind}"
    path.write_bytes(export_lines(operator(), version, kind)[1])

    again = load_plan(operator(), path, Wish(plan=version.plan_id))

    came = again.lines.order_by("position")
    assert [one.identity for one in came] == [one.identity for one in version.lines.all()]
    assert [{(a.year, a.channel): a.amount for a in one.amounts.all()} for one in came] == [
        {(2025, DAU): 100, (2026, DAU): 50},
        {(2025, DAU): Decimal("30.25"), (2025, DAK): 7},
    ]
