"""Parses the catalogue: cooperation objects, their indicators, costs, margins and derived indicators."""

from collections import defaultdict
from pathlib import Path
from typing import Literal, cast, get_args

from sinergi.reference.catalogue import (
    CooperationObject,
    CostCurve,
    DerivedIndicator,
    FreightMargin,
    IndicatorUse,
    Kind,
    Logic,
    Normaliser,
    Side,
)
from sinergi.reference.pack.files import Row, read_rows
from sinergi.reference.pack.issues import Issues
from sinergi.reference.pack.law import AUTHORITIES
from sinergi.reference.pack.records import MeasuredIndicator

OBJECT_COLUMNS = (
    "code name_id name_en affair secondary_affairs activity family document logic "
    "secondary_logic computed_logic adjacency adjacency_words reach_km authority legal_class "
    "trigger_id trigger_en funding physical members_min members_max caveat_id caveat_en "
    "need_words need_source potential_words potential_source lacks_id lacks_en defaults provenance"
)
USE_COLUMNS = (
    "object side indicator normaliser rises weight kind good bad max_age note_id note_en provenance"
)
DERIVED_COLUMNS = (
    "code name_id name_en unit better method inputs parameters flag formula source provenance"
)
CURVE_COLUMNS = "object quantity unit coefficient exponent transport source provenance"
MARGIN_COLUMNS = "object price freight loss source provenance"
Adjacency = Literal["required", "preferred", "none"]
LegalClass = Literal["wajib_if_trigger", "sukarela"]
Flag = Literal["official", "estimate", "imputed", "default"]
Better = Literal["higher", "lower", "neither"]


def parse_objects(folder: Path, issues: Issues) -> tuple[CooperationObject, ...]:
    """Read `objects.csv` with what `object_indicators.csv`, `cost_curves.csv`, `margins.csv` add."""
    rows = read_rows(folder, "objects.csv", tuple(OBJECT_COLUMNS.split()), issues)
    known = {row.optional("code") for row in rows}
    uses: defaultdict[str, list[IndicatorUse]] = defaultdict(list)
    for row in read_rows(folder, "object_indicators.csv", tuple(USE_COLUMNS.split()), issues):
        code, use = _object_of(row, known), _use(row)
        if any((one.side, one.indicator) == (use.side, use.indicator) for one in uses[code]):
            row.wrong("indicator", "code_twice", value=use.indicator)
        issues.lines[(row.file, code, use.indicator)] = row.line
        uses[code].append(use)
    curves = {
        _object_of(row, known): _curve(row)
        for row in read_rows(folder, "cost_curves.csv", tuple(CURVE_COLUMNS.split()), issues)
    }
    margins = {
        _object_of(row, known): _margin(row)
        for row in read_rows(folder, "margins.csv", tuple(MARGIN_COLUMNS.split()), issues)
    }
    return tuple(
        _object(row, tuple(uses[code]), curves.get(code), margins.get(code))
        for row in rows
        for code in [row.optional("code")]
    )


def _object_of(row: Row, known: set[str]) -> str:
    code = row.text("object")
    if code not in known:
        row.wrong("object", "unknown_object", value=code)
    return code


def _authority(row: Row) -> tuple[tuple[str, ...], bool]:
    told = row.text("authority")
    levels = tuple(told.replace("+", "|").split("|"))
    for level in levels:
        if level not in AUTHORITIES:
            row.wrong("authority", "not_one_of", value=level, allowed=", ".join(AUTHORITIES))
    return levels, "+" in told


def _object(
    row: Row,
    indicators: tuple[IndicatorUse, ...],
    cost_curve: CostCurve | None,
    margin: FreightMargin | None,
) -> CooperationObject:
    logics = get_args(Logic)
    authority, joint = _authority(row)
    one = CooperationObject(
        code=row.text("code"),
        name_id=row.text("name_id"),
        name_en=row.text("name_en"),
        affair=row.text("affair"),
        secondary_affairs=row.codes("secondary_affairs"),
        activity=row.text("activity"),
        family=row.text("family"),
        document=row.text("document"),
        logic=cast("Logic", row.choice("logic", logics)),
        secondary_logic=cast("Logic", row.choice("secondary_logic", logics, optional=True)) or None,
        computed_logic=cast("Logic", row.choice("computed_logic", logics)),
        adjacency=cast("Adjacency", row.choice("adjacency", get_args(Adjacency))),
        reach_km=row.number("reach_km", 1),
        authority=authority,
        authority_joint=joint,
        legal_class=cast("LegalClass", row.choice("legal_class", get_args(LegalClass))),
        trigger_id=row.optional("trigger_id"),
        trigger_en=row.optional("trigger_en"),
        funding=row.codes("funding"),
        physical=row.flag("physical"),
        members_min=row.integer("members_min", 2, 12),
        members_max=row.integer("members_max", 2, 12),
        caveat_id=row.optional("caveat_id"),
        caveat_en=row.optional("caveat_en"),
        need_words=row.text("need_words"),
        potential_words=row.text("potential_words"),
        lacks_id=row.optional("lacks_id"),
        lacks_en=row.optional("lacks_en"),
        provenance=row.text("provenance"),
        indicators=indicators,
        cost_curve=cost_curve,
        margin=margin,
        defaults=row.codes("defaults"),
    )
    _check_object(row, one)
    return one


def _check_object(row: Row, one: CooperationObject) -> None:
    """Note what one row says against itself."""
    if one.members_min > one.members_max:
        row.wrong("members_max", "out_of_range", value=one.members_max, low=one.members_min)
    if not one.computable and not one.lacks_id:
        row.wrong("lacks_id", "lacks_not_said")
    if bool(one.lacks_id) != bool(one.lacks_en) or bool(one.caveat_id) != bool(one.caveat_en):
        row.wrong("lacks_en", "one_language_only")
    if one.computable and not one.uses("need") and not one.uses("strength"):
        row.wrong("code", "no_indicator")
    for name in one.defaults:
        if name not in CooperationObject.__dataclass_fields__:
            row.wrong("defaults", "unknown_field", value=name)


def _use(row: Row) -> IndicatorUse:
    normaliser = cast("Normaliser", row.choice("normaliser", get_args(Normaliser)))
    good, bad = row.maybe_number("good"), row.maybe_number("bad")
    if normaliser == "standard" and (good is None or bad is None or good == bad):
        row.wrong("good", "standard_without_ends", good=good, bad=bad)
    weight = row.number("weight")
    if weight <= 0:
        row.wrong("weight", "weight_not_positive", value=weight)
    return IndicatorUse(
        side=cast("Side", row.choice("side", get_args(Side))),
        indicator=row.text("indicator"),
        normaliser=normaliser,
        rises=row.flag("rises"),
        weight=weight,
        kind=cast("Kind", row.choice("kind", get_args(Kind))),
        good=good,
        bad=bad,
        max_age=row.integer("max_age", 1, 100),
        note_id=row.optional("note_id"),
        note_en=row.optional("note_en"),
        provenance=row.text("provenance"),
    )


def _curve(row: Row) -> CostCurve:
    return CostCurve(
        row.text("quantity"),
        row.text("unit"),
        row.number("coefficient", 0),
        row.number("exponent", 0.01, 2),
        row.number("transport", 0),
        row.text("source_id"),
        row.text("source"),
        row.text("provenance"),
    )


def _margin(row: Row) -> FreightMargin:
    return FreightMargin(
        row.text("price"),
        row.number("freight", 0),
        row.number("loss", 0, 1),
        row.text("source_id"),
        row.text("source"),
        row.text("provenance"),
    )


def parse_indicators(folder: Path, issues: Issues) -> tuple[MeasuredIndicator, ...]:
    """Read `indicators.csv`: what the shipped evidence measures."""
    columns = ("code", "name_id", "name_en", "unit")
    return tuple(
        MeasuredIndicator(
            row.text("code"), row.text("name_id"), row.text("name_en"), row.text("unit")
        )
        for row in read_rows(folder, "indicators.csv", columns, issues)
    )


def parse_derived(folder: Path, issues: Issues) -> tuple[DerivedIndicator, ...]:
    """Read `derived_indicators.csv`."""
    rows = read_rows(folder, "derived_indicators.csv", tuple(DERIVED_COLUMNS.split()), issues)
    return tuple(
        DerivedIndicator(
            code=row.text("code"),
            name_id=row.text("name_id"),
            name_en=row.text("name_en"),
            unit=row.text("unit"),
            better=cast("Better", row.choice("better", get_args(Better))),
            method=row.text("method"),
            inputs=row.codes("inputs"),
            parameters=_parameters(row),
            flag=cast("Flag", row.choice("flag", get_args(Flag))),
            formula=row.text("formula"),
            source=row.text("source"),
            provenance=row.text("provenance"),
        )
        for row in rows
    )


def _parameters(row: Row) -> dict[str, float | str]:
    """Read `periods=12;by=year`: numbers where they are numbers, words otherwise."""
    found: dict[str, float | str] = {}
    for part in filter(None, row.optional("parameters").split(";")):
        name, equals, told = part.partition("=")
        if not equals:
            row.wrong("parameters", "not_name_and_value", value=part)
            continue
        try:
            found[name.strip()] = float(told)
        except ValueError:
            found[name.strip()] = told.strip()
    return found
