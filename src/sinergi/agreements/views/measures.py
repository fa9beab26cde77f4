"""Pages of the indicators of an agreement: all with their values, write and change one, add a value."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.requests import revision_of
from sinergi.agreements.actions import measures as actions
from sinergi.agreements.forms.measures import MeasureForm, ReadingForm
from sinergi.agreements.models import Measure
from sinergi.agreements.queries.measures import measure_of, measured
from sinergi.agreements.views.frame import frame_of
from sinergi.agreements.views.service_forms import deed_on, page_of_change, page_of_form
from sinergi.programs.amounts import number_written


def address(agreement_id: int) -> str:
    """Return the address of the page of indicators."""
    return reverse("agreements:measures", args=[agreement_id])


@require_safe
def measures(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show the indicators of an agreement: baseline, target, values, and what the evidence says."""
    frame = frame_of(request, agreement_id)
    context = frame.context(request, rows=measured(frame.agreement))
    return render(request, "agreements/measures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_measure(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show the form of an indicator; POST writes it."""
    frame = frame_of(request, agreement_id)
    rules.require(frame.by, rules.OBJECT_EDIT, frame.agreement)
    form = MeasureForm(request.POST or None)
    return page_of_form(
        request,
        frame,
        form,
        deed="set_measure",
        heading=_("Write an indicator"),
        told=_("The indicator was written."),
        back=address(agreement_id),
        make=lambda: actions.set_measure(frame.by, agreement_id, form.details()),
        key={"agreement": agreement_id},
        hint=_("An indicator of the evidence shows its values of a region beside your own."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit_measure(request: HttpRequest, agreement_id: int, measure_id: int) -> HttpResponse:
    """Show and save what is written about an indicator."""
    frame = frame_of(request, agreement_id)
    rules.require(frame.by, rules.OBJECT_EDIT, frame.agreement)
    row = measure_of(frame.agreement, measure_id)

    def now() -> tuple[Mapping[str, Any], int]:
        fresh = measure_of(frame.agreement, measure_id)
        return asdict(actions.measure_details(fresh)), fresh.revision

    values = {**asdict(actions.measure_details(row)), "revision": row.revision}
    form = MeasureForm(request.POST or None, initial=values)
    return page_of_change(
        request,
        frame,
        form,
        heading=_("Change the indicator"),
        told=_("The indicator was saved."),
        back=address(agreement_id),
        save=lambda revision: actions.set_measure(
            frame.by, agreement_id, form.details(), measure_id=measure_id, revision=revision
        ),
        now=now,
    )


@require_POST
def remove_measure(request: HttpRequest, agreement_id: int, measure_id: int) -> HttpResponse:
    """Take an indicator out of which nothing was read."""
    frame, seen = frame_of(request, agreement_id), revision_of(request)
    return deed_on(
        request,
        frame,
        address(agreement_id),
        _("The indicator was taken out."),
        lambda: actions.remove_measure(frame.by, agreement_id, measure_id, revision=seen),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_reading(request: HttpRequest, agreement_id: int, measure_id: int) -> HttpResponse:
    """Show the form of a value that was read; POST adds it."""
    frame = frame_of(request, agreement_id)
    rules.require(frame.by, rules.OBJECT_EDIT, frame.agreement)
    row = measure_of(frame.agreement, measure_id)
    initial = {"on": timezone.localdate(), "source": row.source}
    form = ReadingForm(request.POST or None, initial=initial)
    return page_of_form(
        request,
        frame,
        form,
        deed="add_reading",
        heading=_("Add a value: %(name)s") % {"name": row.name},
        told=_("The value was added."),
        back=address(agreement_id),
        make=lambda: actions.add_reading(frame.by, agreement_id, measure_id, form.details()),
        key={"agreement": agreement_id, "measure": measure_id},
        hint=_measured_from(row),
    )


def _measured_from(row: Measure) -> str:
    """Return what a new value will be compared with."""
    told = []
    if row.baseline is not None:
        told.append(_("At the beginning: %(value)s") % {"value": number_written(row.baseline)})
    if row.target is not None:
        told.append(_("Target: %(value)s") % {"value": number_written(row.target)})
    return " · ".join([*told, *([row.unit] if row.unit and told else [])])


@require_POST
def remove_reading(
    request: HttpRequest, agreement_id: int, measure_id: int, reading_id: int
) -> HttpResponse:
    """Take a value out."""
    frame = frame_of(request, agreement_id)
    return deed_on(
        request,
        frame,
        address(agreement_id),
        _("The value was taken out."),
        lambda: actions.remove_reading(frame.by, agreement_id, measure_id, reading_id),
    )
