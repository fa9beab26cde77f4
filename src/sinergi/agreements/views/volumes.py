"""The page on which a year's volumes are typed, a cell for each party and month."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.agreements import errors
from sinergi.agreements.actions import volumes as actions
from sinergi.agreements.actions.alarms import refresh
from sinergi.agreements.forms.services import VolumeGrid, figure_text
from sinergi.agreements.forms.volume_sheet import Sheet, read_sheet
from sinergi.agreements.models import Party
from sinergi.agreements.queries.services import Served
from sinergi.agreements.views.frame import UNPROCESSABLE, Frame
from sinergi.agreements.views.service_forms import may_write, service_of
from sinergi.agreements.views.services import address

FIRST_YEAR = 1990


@require_http_methods(["GET", "HEAD", "POST"])
def volumes(request: HttpRequest, agreement_id: int, service_id: int, year: int) -> HttpResponse:
    """Show the figures of a year and write what was changed; a faulty cell keeps what was typed."""
    frame, one = service_of(request, agreement_id, service_id)
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise errors.not_found(_("The year"))
    mine = _mine(frame, one)
    before = _written(one, year)
    status = 200
    sheet, pasted = Sheet(), ""
    if request.method == "POST":
        _require(frame, mine)
        grid = VolumeGrid(year, mine, {**_as_sent(before), **request.POST.dict()})
        if "baca" in request.POST:
            pasted = request.POST.get("tempel", "")
            sheet = read_sheet(pasted, year, _names(frame, one, mine))
            grid.take(sheet)
        elif _saved(frame, agreement_id, service_id, grid, before):
            messages.success(request, _("The volumes were saved."))
            return redirect(address(agreement_id, service_id))
        else:
            status = UNPROCESSABLE
    else:
        grid = VolumeGrid(year, one.payers, _as_sent(before))
    context = frame.context(
        request,
        service=one.service,
        year=year,
        rows=_rows(frame, one, grid, mine),
        months=[str(MONTHS[number]) for number in range(1, 13)],
        may_record=bool(mine) or may_write(frame, one),
        doubts=_doubts(sheet, one),
        read=len(sheet.cells),
        pasted=pasted if sheet.doubts else "",
        asked="baca" in request.POST,
        earlier=year - 1,
        later=year + 1 if year < timezone.localdate().year else None,
    )
    return render(request, "agreements/volumes.html", context, status=status)


def _mine(frame: Frame, one: Served) -> list[Party]:
    """Return the parties whose figures the reader may write."""
    whole = may_write(frame, one)
    return [party for party in one.payers if whole or party.pk in frame.mine]


def _names(frame: Frame, one: Served, mine: list[Party]) -> dict[str, list[str]]:
    """Return the keys of those whose figures the reader may write, with what a sheet may call them."""
    named = {str(party.pk): [party.name, party.region_code] for party in mine}
    return named | ({"": [_("all together")]} if may_write(frame, one) else {})


def _doubts(sheet: Sheet, one: Served) -> list[dict[str, Any]]:
    """Return doubts with the cell that they are about in words."""
    names = {str(party.pk): party.name for party in one.payers} | {"": _("all together")}
    return [
        {
            "line": doubt.line,
            "text": doubt.text,
            "about": f"{names[doubt.cell[0]]}, {MONTHS[doubt.cell[1]]}" if doubt.cell else "",
        }
        for doubt in sheet.doubts
    ]


def _require(frame: Frame, mine: list[Party]) -> None:
    if not mine:
        rule = rules.OBJECT_EDIT
        raise ForbiddenError(rules.refusal(frame.by, rule, frame.agreement), rule)


def _written(one: Served, year: int) -> dict[tuple[str, int], str]:
    return {
        (str(row.party_id or ""), row.month.month): figure_text(
            row.quantity, row.per_day, row.estimated
        )
        for row in one.volumes
        if row.month.year == year
    }


def _as_sent(cells: dict[tuple[str, int], str]) -> dict[str, str]:
    return {f"v-{party}-{month}": text for (party, month), text in cells.items()}


def _saved(
    frame: Frame,
    agreement_id: int,
    service_id: int,
    grid: VolumeGrid,
    before: dict[tuple[str, int], str],
) -> bool:
    details = grid.details(before)
    if grid.faults:
        return False
    try:
        actions.set_volumes(frame.by, agreement_id, service_id, details)
    except InvalidError as error:
        grid.refuse(error.fields)
        return False
    refresh(frame.agreement)
    return True


def _rows(
    frame: Frame, one: Served, grid: VolumeGrid, mine: list[Party]
) -> list[tuple[str, bool, list[tuple[str, str, str, str]]]]:
    """Return name of the party, whether its cells may be written, and its cells: name, text, fault, month."""
    writable = {party.pk for party in mine}
    rows = []
    parties: list[Party | None] = [*one.payers, None]
    for party in parties:
        key = str(party.pk) if party is not None else ""
        writes = party.pk in writable if party is not None else may_write(frame, one)
        cells = [
            (
                f"v-{key}-{month}",
                grid.cells.get((key, month), ""),
                grid.faults.get((key, month), ""),
                str(MONTHS[month]),
            )
            for month in range(1, 13)
        ]
        rows.append((party.name if party is not None else _("all together"), writes, cells))
    return rows
