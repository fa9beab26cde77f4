"""Deeds on what a cooperation built, bought or holds."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import expect_revision
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned, too_long
from sinergi.agreements import errors
from sinergi.agreements.actions.rows import held_agreement, part_of, refuse, tell
from sinergi.agreements.models import Agreement, Asset

LENGTHS = {"name": 200, "on_ending": 20_000, "source": 200}


@dataclass(frozen=True, slots=True)
class AssetDetails:
    """What is told of an asset; `holder` and `goes_to` are numbers of parties."""

    name: str
    holder: int | None = None
    value: Decimal | None = None
    on_ending: str = ""
    goes_to: int | None = None
    handed_over_on: date | None = None
    source: str = ""


def details_of(asset: Asset) -> AssetDetails:
    """Return what is told of an asset."""
    return AssetDetails(
        asset.name,
        asset.holder_id,
        asset.value,
        asset.on_ending,
        asset.goes_to_id,
        asset.handed_over_on,
        asset.source,
    )


def _checked(agreement: Agreement, details: AssetDetails) -> dict[str, Any]:
    details = cleaned(details)
    faults = too_long(details, LENGTHS)
    if not details.name:
        faults["name"] = _("Name the asset.")
    there = set(agreement.parties.values_list("pk", flat=True))
    for name in ("holder", "goes_to"):
        number = getattr(details, name)
        if number is not None and number not in there:
            faults[name] = _("This party is not one of the agreement.")
    if details.handed_over_on is not None and details.goes_to is None:
        faults["goes_to"] = _("Say to whom it was handed over.")
    refuse(faults)
    values = asdict(details)
    return {"holder_id" if n == "holder" else "goes_to_id" if n == "goes_to" else n: v
            for n, v in values.items()}  # fmt: skip


@transaction.atomic
def add_asset(by: Principal, agreement_id: int, details: AssetDetails) -> Asset:
    """Record an asset.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    agreement = held_agreement(by, agreement_id)
    values = _checked(agreement, details)
    asset = Asset.objects.create(agreement=agreement, **values)
    tell(by, Verb.ASSET_SET, agreement, {}, values, part=part_of("asset", asset.pk))
    return asset


@transaction.atomic
def edit_asset(
    by: Principal, agreement_id: int, asset_id: int, details: AssetDetails, *, revision: int | None
) -> Asset:
    """Change what is told of an asset; a change of nothing leaves no trace.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    agreement = held_agreement(by, agreement_id)
    asset = Asset.objects.filter(pk=asset_id, agreement=agreement).first()
    if asset is None:
        raise errors.not_found(_("The asset"))
    part = part_of("asset", asset.pk)
    expect_revision(Agreement.KIND, agreement.pk, asset.revision, revision, part=part)
    values = _checked(agreement, details)
    changed = {n: v for n, v in values.items() if getattr(asset, n) != v}
    if not changed:
        return asset
    before = {name: getattr(asset, name) for name in changed}
    for name, value in changed.items():
        setattr(asset, name, value)
    asset.revision += 1
    asset.save()
    tell(by, Verb.ASSET_SET, agreement, before, changed, part=part)
    return asset
