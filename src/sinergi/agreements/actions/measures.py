"""Deeds on the indicators of an agreement: write one, take one out, add a value, take a value out."""

from dataclasses import asdict, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import expect_revision
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned
from sinergi.agreements import errors
from sinergi.agreements.actions.rows import held_agreement, part_of, refuse, tell
from sinergi.agreements.actions.services import told
from sinergi.agreements.measuring import (
    MeasureDetails,
    ReadingDetails,
    measure_faults,
    reading_faults,
)
from sinergi.agreements.models import Agreement, Measure, Reading
from sinergi.agreements.queries.measures import evidence_indicators
from sinergi.evidence.units import unit_label
from sinergi.programs.queries.words import in_language, region_choices


@transaction.atomic
def set_measure(
    by: Principal,
    agreement_id: int,
    details: MeasureDetails,
    *,
    measure_id: int | None = None,
    revision: int | None = None,
) -> Measure:
    """Write an indicator, or change one; name and unit of one of the evidence are its own if none are said.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, InvalidError
    """
    agreement = held_agreement(by, agreement_id)
    row = Measure(agreement=agreement)
    if measure_id is not None:
        row = _of(agreement, measure_id)
        part = part_of("measure", row.pk)
        expect_revision(Agreement.KIND, agreement.pk, row.revision, revision, part=part)
    there = evidence_indicators()
    kept = cleaned(details)
    info = there.get(kept.indicator)
    if info is not None:
        name, unit = kept.name or in_language(info), kept.unit or unit_label(info.unit)
        kept = replace(kept, name=name[:200], unit=unit[:40])
    refuse(
        measure_faults(kept, {*there, row.indicator}, {code for code, _name in region_choices()})
    )
    before = told(measure_details(row)) if row.pk else {}
    if before == told(kept):
        return row
    for name, value in asdict(kept).items():
        setattr(row, name, value)
    row.revision += 1 if row.pk else 0
    row.save()
    after = told(kept)
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    old, new = ({name: values.get(name, "") for name in changed} for values in (before, after))
    new["name"] = row.name
    tell(by, Verb.MEASURE_SET, agreement, old, new, part=part_of("measure", row.pk))
    return row


def measure_details(row: Measure) -> MeasureDetails:
    """Return what is written about an indicator."""
    return MeasureDetails(
        row.name,
        row.indicator,
        row.region_code,
        row.unit,
        row.baseline,
        row.baseline_on,
        row.target,
        row.target_on,
        row.source,
    )


@transaction.atomic
def remove_measure(
    by: Principal, agreement_id: int, measure_id: int, *, revision: int | None = None
) -> None:
    """Take an indicator out of which nothing was read.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, StateError
    """
    agreement = held_agreement(by, agreement_id)
    row = _of(agreement, measure_id)
    part = part_of("measure", row.pk)
    expect_revision(Agreement.KIND, agreement.pk, row.revision, revision, part=part)
    if row.readings.exists():
        raise errors.StateError(_("Values were read of this indicator: take them out first."))
    before = told(measure_details(row))
    row.delete()
    tell(by, Verb.MEASURE_SET, agreement, before, {}, part=part)


@transaction.atomic
def add_reading(
    by: Principal, agreement_id: int, measure_id: int, details: ReadingDetails
) -> Reading:
    """Add a value that was read on a day; one a day.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    agreement = held_agreement(by, agreement_id)
    row = _of(agreement, measure_id)
    kept = cleaned(details)
    wrong = reading_faults(kept, timezone.localdate())
    if kept.on is not None and "on" not in wrong and row.readings.filter(on=kept.on).exists():
        wrong["on"] = _("A value of this day is there already. Take that one out first.")
    refuse(wrong)
    values = asdict(kept)
    made = Reading.objects.create(measure=row, by_id=by.person_id, **values)
    _tell(by, agreement, row, {}, told(kept))
    return made


@transaction.atomic
def remove_reading(by: Principal, agreement_id: int, measure_id: int, reading_id: int) -> None:
    """Take a value out; the record of it stays.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    agreement = held_agreement(by, agreement_id)
    row = _of(agreement, measure_id)
    reading = Reading.objects.filter(pk=reading_id, measure=row).first()
    if reading is None:
        raise errors.not_found(_("The value"))
    before = told(ReadingDetails(reading.on, reading.value, reading.source))
    reading.delete()
    _tell(by, agreement, row, before, {})


def _of(agreement: Agreement, measure_id: int) -> Measure:
    row = Measure.objects.filter(pk=measure_id, agreement=agreement).first()
    if row is None:
        raise errors.not_found(_("The indicator"))
    return row


def _tell(
    by: Principal, agreement: Agreement, row: Measure, before: dict[str, str], after: dict[str, str]
) -> None:
    part = part_of("measure", row.pk)
    tell(by, Verb.MEASURE_SET, agreement, before, {"name": row.name, **after}, part=part)
