"""The country pack of this installation and what it declares, read once per process."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from sinergi.reference.catalogue import (
    Affair,
    AgreementFamily,
    AgreementTerm,
    Association,
    ChannelAlias,
    CooperationObject,
    DerivedIndicator,
    FundingChannel,
    FundingOrigin,
    FundingRule,
    IslandGroup,
    WorkWord,
)
from sinergi.reference.clauses import ShippedClause
from sinergi.reference.pack import AuthorityRule, Pack, PartnerTypeRule, load_pack
from sinergi.reference.stages import AgreementStage


@lru_cache(maxsize=4)
def _pack(folder: Path) -> Pack:
    return load_pack(folder)


def pack() -> Pack:
    """Return the pack that `settings.SINERGI_PACK` names, checked.

    Raises
    ------
    PackError
        When its files are wrong; every issue is told.
    """
    return _pack(Path(settings.SINERGI_PACK))


def forget_packs() -> None:
    """Make the next call read the files again."""
    _pack.cache_clear()


def catalogue() -> dict[str, CooperationObject]:
    """Return all cooperation objects by code, in the order of the pack."""
    return {one.code: one for one in pack().objects}


def derived() -> dict[str, DerivedIndicator]:
    """Return the derived indicators by code."""
    return {one.code: one for one in pack().derived}


def affairs() -> dict[str, Affair]:
    """Return the affairs by code."""
    return {affair.code: affair for affair in pack().affairs}


def funding_channels() -> dict[str, FundingChannel]:
    """Return the funding channels by code."""
    return {channel.code: channel for channel in pack().funding_channels}


def funding_rules() -> tuple[FundingRule, ...]:
    """Return what the channels ask for, in the order of the pack."""
    return pack().funding_rules


def funding_origins() -> dict[str, FundingOrigin]:
    """Return where the money of each channel comes from, by its code."""
    return {one.channel: one for one in pack().funding_origins}


def work_words() -> tuple[WorkWord, ...]:
    """Return the phrases that tell physical work from other work."""
    return pack().work_words


def channel_aliases() -> tuple[ChannelAlias, ...]:
    """Return how plans write the funding channels."""
    return pack().channel_aliases


def agreement_families() -> dict[str, AgreementFamily]:
    """Return the families of agreements by code, in the order of the pack."""
    return {one.code: one for one in pack().agreement_families}


def agreement_terms(kind: str) -> dict[str, AgreementTerm]:
    """Return the terms of one kind by code, in their order; a kind that nobody declared has none."""
    found = [one for one in pack().agreement_terms if one.kind == kind]
    return {one.code: one for one in sorted(found, key=lambda one: one.position)}


def partner_type_rules() -> tuple[PartnerTypeRule, ...]:
    """Return which family follows from partner and object, in the order of the pack."""
    return pack().partner_type_rules


def authority_rules() -> tuple[AuthorityRule, ...]:
    """Return which level acts by size or place, in the order of the pack."""
    return pack().authority_rules


def agreement_stages(family: str) -> tuple[AgreementStage, ...]:
    """Return the stages of a family of agreements in order; none where the pack does not know it."""
    return tuple(one for one in pack().agreement_stages if one.family == family)


def clauses() -> dict[str, ShippedClause]:
    """Return the clause library by code, in the order in which documents have them."""
    return {one.code: one for one in pack().clauses}


def associations() -> tuple[Association, ...]:
    """Return the associations and their commissariats."""
    return pack().associations


def islands() -> tuple[IslandGroup, ...]:
    """Return the island groups."""
    return pack().islands


def catalogue_version() -> str:
    """Return the version of the pack: a short hash of the contents of its files."""
    return pack().version
