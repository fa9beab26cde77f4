"""What the law allows and asks of a group: authority, mandatory cooperation, provinces, money."""

import re
from collections.abc import Iterable

from sinergi.opportunities.results import FundingOption, LegalNotes
from sinergi.reference.catalogue import CooperationObject, FundingChannel

VETOES = (
    "too_few_members",
    "too_many_members",
    "not_computable",
    "outside_filter",
    "one_government",
    "no_border",
    "out_of_reach",
    "no_need",
    "no_strength",
    "no_coverage",
    "no_margin",
    "other_groups",
)
"""Why a group is not on the map; each removes, none is a weight."""

FUNDING_REASONS = (
    "not_for_cooperation",
    "not_this_authority",
    "not_this_recipient",
    "not_this_affair",
    "only_physical",
    "only_non_physical",
    "named_by_object",
)
"""Why a channel cannot pay, and one reason why it can: the catalogue names it for the object."""

FEASIBILITY_FAMILIES = ("KSDPK",)
CENTRAL_APPROVAL_FAMILIES = ("KSDPL", "KSDLL")


def families(item: CooperationObject) -> tuple[str, ...]:
    """Return the cooperation families an object may take (`KSDD|KSDPK`, `KSDD+SINERGI`)."""
    return tuple(item.family.replace("+", "|").split("|"))


def documents(item: CooperationObject) -> tuple[str, ...]:
    """Return the documents of `KB+PKS(+B2B)` in the order they are made, brackets with their document."""
    return tuple(re.split(r"\+(?![^(]*\))", item.document))


def lead_level(item: CooperationObject) -> str:
    """Return the level that leads: the highest that must be a party, the lowest among alternatives.

    `PROVINSI+KABKOTA` and `PROVINSI` are led by the province: a city cannot lead what is not its
    authority. `KABKOTA|PROVINSI` may be led by either, so by the regency or city.
    """
    for level in ("PUSAT", "PROVINSI"):
        if level in item.authority and (item.authority_joint or len(item.authority) == 1):
            return level
    return "KABKOTA" if "KABKOTA" in item.authority else item.authority[0]


def needs_province(item: CooperationObject) -> bool:
    """Whether the province must be a party, because the affair is (also) its authority."""
    return lead_level(item) == "PROVINSI" or (item.authority_joint and "PROVINSI" in item.authority)


def provinces_required(
    item: CooperationObject, provinces: Iterable[str], administrative: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return the provinces that must be a party.

    Parameters
    ----------
    provinces
        Provinces of the members.
    administrative
        Provinces whose cities are no autonomous regions and cannot sign: there the province does.
    """
    everyone = set(provinces)
    if needs_province(item):
        return tuple(sorted(everyone))
    return tuple(sorted(everyone.intersection(administrative)))


def mandatory_tests(
    item: CooperationObject, *, contiguous: bool, cheaper: bool | None
) -> dict[str, bool | None]:
    """Return the three tests of mandatory cooperation (UU 23/2014 Art. 364): None where unknown."""
    externality = item.legal_class == "wajib_if_trigger"
    return {"bordering": contiguous, "externality": externality, "cheaper": cheaper}


def is_mandatory_candidate(tests: dict[str, bool | None]) -> bool:
    """Whether a person should decide on mandatory cooperation: all three tests hold.

    Where nobody knows whether together is cheaper, the group may be one; see `is_possibly_mandatory`.
    """
    return all(test is True for test in tests.values())


def is_possibly_mandatory(tests: dict[str, bool | None]) -> bool:
    """Whether only an unknown stands between the group and a mandatory candidate."""
    return not is_mandatory_candidate(tests) and False not in tests.values()


def geographic_type(provinces: Iterable[str], administrative: Iterable[str] = ()) -> str:
    """Return the type of mandatory cooperation between regencies and cities (Permendagri 22/2020).

    ``a``: inside one province; ``b``: of different provinces. Types c and d have provinces as members.
    Empty where a province signs for its administrative cities: the regulation has no type for a province
    with regencies of another.
    """
    everyone = set(provinces)
    if everyone.intersection(administrative):
        return ""
    return "a" if len(everyone) == 1 else "b"


def takeover_authority(provinces: Iterable[str]) -> str:
    """Return who takes over a mandatory cooperation that is not carried out (UU 23/2014 Art. 364)."""
    return "governor" if len(set(provinces)) == 1 else "centre"


def funding_option(
    item: CooperationObject, channel: FundingChannel, recipients: frozenset[str]
) -> FundingOption:
    """Return whether a channel can pay for an object, and if not why.

    Parameters
    ----------
    recipients
        Levels that are party: KABKOTA, PROVINSI, and PUSAT for a synergy.
    """
    against = []
    if not channel.cooperation:
        against.append("not_for_cooperation")
    if channel.authorities and not set(channel.authorities).intersection(item.authority):
        against.append("not_this_authority")
    if channel.recipients and recipients.isdisjoint(channel.recipients):
        against.append("not_this_recipient")
    if channel.affairs and not {item.affair, *item.secondary_affairs}.intersection(channel.affairs):
        against.append("not_this_affair")
    if channel.physical is not None and channel.physical != item.physical:
        against.append("only_physical" if channel.physical else "only_non_physical")
    named = ("named_by_object",) if channel.code in item.funding else ()
    return FundingOption(
        code=channel.code,
        name_id=channel.name_id,
        name_en=channel.name_en,
        fits=not against,
        reasons=(*against, *named),
        needs_id=channel.needs_id,
        needs_en=channel.needs_en,
        access_path_id=channel.access_path_id,
        access_path=channel.access_path,
        provenance=channel.provenance,
    )


def funding_options(
    item: CooperationObject, channels: Iterable[FundingChannel], *, province_is_party: bool
) -> tuple[FundingOption, ...]:
    """Return all channels: those that fit and are named for the object first, the others last."""
    recipients = {"KABKOTA"}
    if province_is_party:
        recipients.add("PROVINSI")
    if "SINERGI" in families(item):
        recipients.add("PUSAT")
    options = [funding_option(item, channel, frozenset(recipients)) for channel in channels]
    return tuple(
        sorted(
            options, key=lambda option: (not option.fits, "named_by_object" not in option.reasons)
        )
    )


def legal_notes(
    item: CooperationObject,
    channels: Iterable[FundingChannel],
    provinces: tuple[str, ...],
    required: tuple[str, ...],
    tests: dict[str, bool | None],
    administrative: Iterable[str] = (),
) -> LegalNotes:
    """Return what law says about a group.

    Parameters
    ----------
    provinces
        Province of each member.
    required
        Provinces that must be a party.
    tests
        As from `mandatory_tests`.
    administrative
        Provinces whose cities are no autonomous regions.
    """
    candidate = is_mandatory_candidate(tests)
    possible = is_possibly_mandatory(tests)
    kinds = families(item)
    return LegalNotes(
        family=item.family,
        documents=documents(item),
        authority=item.authority,
        lead=lead_level(item),
        province_required=required,
        mandatory_candidate=candidate,
        mandatory_possible=possible,
        geographic_type=geographic_type(provinces, administrative) if candidate or possible else "",
        tests=tests,
        takeover=takeover_authority(provinces) if candidate else "",
        feasibility_study=any(kind in FEASIBILITY_FAMILIES for kind in kinds),
        central_approval=any(kind in CENTRAL_APPROVAL_FAMILIES for kind in kinds),
        funding=funding_options(item, channels, province_is_party=bool(required)),
    )
