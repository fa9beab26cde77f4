"""Reads of registers that were brought in, and of what must be known before one is."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.agreements import errors
from sinergi.agreements.models import (
    Agreement,
    Document,
    Origin,
    Party,
    RegisterImport,
    RegisterRow,
    RegisterState,
)
from sinergi.agreements.register_imports.drafts import Own
from sinergi.agreements.register_imports.joining import Held
from sinergi.agreements.register_imports.reading import REMEMBERED, RegisterReading, from_json
from sinergi.programs.imports.fields import normal
from sinergi.reference.queries import region_table

JOIN = "; "
"""What stands between the numbers of one agreement."""
_REGISTERS: Any = RegisterImport.objects
_AGREEMENTS: Any = Agreement.objects


def imports(by: Principal) -> QuerySet[RegisterImport]:
    """Return the registers that somebody may read, the last first."""
    rows = _REGISTERS.filter(deleted_at=None)
    found: QuerySet[RegisterImport] = rows.readable_by(by).select_related("organisation")
    return found


def register_import(by: Principal, pk: int) -> RegisterImport:
    """Return one register that was brought in.

    Raises
    ------
    UnseenError
    """
    found = imports(by).filter(pk=pk).first()
    if found is None:
        raise errors.not_found(_("The register"))
    return found


def loaded_with(organisation: Organisation, sha256: str, sheet: str) -> RegisterImport | None:
    """Return the register that was loaded from the same sheet of the same file, unless it was undone."""
    rows = _REGISTERS.filter(organisation=organisation, deleted_at=None, sha256=sha256)
    found: RegisterImport | None = rows.filter(
        sheet=sheet[:120], state=RegisterState.LOADED
    ).first()
    return found


def loaded_by_wish(by: Principal, key: str) -> RegisterImport | None:
    """Return the register that one wish to load has made already."""
    return imports(by).filter(reading__key=key).first() if key else None


def remembered_by(organisation: Organisation, signature: str) -> RegisterReading | None:
    """Return how the organisation read the last file with these headings; `None` where it read none."""
    rows = _REGISTERS.filter(organisation=organisation, reading__signature=signature)
    last: RegisterImport | None = rows.order_by("-pk").first()
    if last is None:
        return None
    try:
        return from_json({name: last.reading[name] for name in REMEMBERED})
    except (KeyError, ValueError):
        return None


def own_of(organisation: Organisation) -> Own:
    """Return the government that an organisation is, or works for; empty where it is of none."""
    code = organisation.region_code
    table = region_table()
    row = table.position.get(code) if code else None
    if row is None:
        return Own()
    name = table.names[row]
    is_local = name.startswith(("Kota ", "Kabupaten "))
    return Own(code, f"Pemerintah {name}" if is_local else f"Pemerintah Provinsi {name}")


def held_by(organisation: Organisation) -> list[Held]:
    """Return the agreements of an organisation as rows of a register are compared with them."""
    rows = _AGREEMENTS.filter(organisation=organisation, deleted_at=None)
    numbers: dict[int, list[str]] = defaultdict(list)
    signed: dict[int, date] = {}
    papers = Document.objects.filter(agreement__in=rows, removed_at=None).order_by("pk")
    for agreement, number, dated in papers.values_list("agreement_id", "number", "dated"):
        numbers[agreement] += number.split(JOIN) if number else []
        if dated:
            signed[agreement] = dated
    parties: dict[int, set[str]] = defaultdict(set)
    named = Party.objects.filter(agreement__in=rows, left_on=None).order_by()
    for agreement, region, name in named.values_list("agreement_id", "region_code", "name"):
        parties[agreement].add(region or normal(name))
    values = rows.order_by("pk").values_list("pk", "number", "title", "begins", "ends")
    return [
        Held(
            pk,
            tuple(dict.fromkeys([*(number.split(JOIN) if number else ()), *numbers[pk]])),
            title,
            signed.get(pk),
            begins,
            ends,
            frozenset(parties[pk]),
        )
        for pk, number, title, begins, ends in values
    ]


def made_by(register: RegisterImport) -> QuerySet[Agreement]:
    """Return the agreements that a register made, also those that were put away."""
    found: QuerySet[Agreement] = _AGREEMENTS.filter(
        organisation=register.organisation_id,
        origin=Origin.REGISTER,
        origin_key=str(register.pk),
    )
    return found


def entries(register: RegisterImport) -> QuerySet[RegisterRow]:
    """Return the rows of a register with their agreements, in the order of the file."""
    return RegisterRow.objects.filter(register=register).select_related("agreement").order_by("row")
