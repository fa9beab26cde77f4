"""Explanations written by hand, so that lists can be tried without computing a map."""

from dataclasses import replace

from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import operator
from sinergi.opportunities.results import (
    Explanation,
    FundingOption,
    LegalNotes,
    Member,
    Money,
    Opportunity,
    Reason,
)
from sinergi.opportunities.settings import MapSettings
from sinergi.reference.catalogue import CooperationObject
from tests.people import organisation

NAMES = {
    "63.01": "Kabupaten Tanah Laut",
    "63.03": "Kabupaten Banjar",
    "63.04": "Kabupaten Barito Kuala",
    "63.71": "Kota Banjarmasin",
    "63.72": "Kota Banjarbaru",
}
SETTINGS = MapSettings(within=("63",), top=20)
BY = operator()
"""Who may do everything: where it does not matter who does it."""


def bappeda() -> Organisation:
    return organisation("bappeda-kalsel", name="Bappeda Kalsel")


def landfill(**changes: object) -> CooperationObject:
    values: dict[str, object] = {
        "code": "TPA_REGIONAL",
        "name_id": "TPA/TPST regional",
        "name_en": "Regional landfill / integrated waste treatment",
        "affair": "2.11",
        "secondary_affairs": ("1.03",),
        "activity": "2.11.11.1.01",
        "family": "KSDD",
        "document": "KB+PKS",
        "logic": "ADJACENT",
        "secondary_logic": "HUB_SPOKE",
        "computed_logic": "ADJACENT",
        "adjacency": "preferred",
        "reach_km": 60.0,
        "authority": ("PROVINSI", "KABKOTA"),
        "authority_joint": True,
        "legal_class": "wajib_if_trigger",
        "trigger_id": "berbatasan dan eksternalitas lintas daerah",
        "trigger_en": "adjacent and cross-border externality",
        "funding": ("KSD_SHARE", "APBD_PROV"),
        "physical": True,
        "members_min": 2,
        "members_max": 8,
        "caveat_id": "tarif perlu Perda/Perkada",
        "caveat_en": "tariff needs a regional regulation",
        "need_words": "",
        "potential_words": "",
        "lacks_id": "",
        "lacks_en": "",
        "provenance": "sourced:Banjarbakula case",
        "defaults": ("reach_km",),
    }
    return CooperationObject(**{**values, **changes})  # type: ignore[arg-type]


def reason(member: str, contribution: float, **changes: object) -> Reason:
    values: dict[str, object] = {
        "member": member,
        "part": "need",
        "indicator": "waste.per_day",
        "name_id": "Timbulan sampah",
        "name_en": "Waste generated",
        "value": 1234.5,
        "unit": "ton/hari",
        "period": "2024",
        "source": "Hitungan dari Dukcapil 2024",
        "flag": "estimate",
        "kind": "proxy",
        "normaliser": "peer_rank",
        "peer_rank": 2,
        "peer_count": 93,
        "normalised": 0.98,
        "weight": 0.5,
        "contribution": contribution,
    }
    return Reason(**{**values, **changes})  # type: ignore[arg-type]


def channel(code: str, name_id: str, name_en: str, *, fits: bool) -> FundingOption:
    return FundingOption(
        code, name_id, name_en, fits, () if fits else ("recipient",), "", "", "", "", "knowledge"
    )


def opportunity(
    codes: tuple[str, ...] = ("63.71", "63.72", "63.03"),
    chosen: CooperationObject | None = None,
    **changes: object,
) -> Opportunity:
    members = tuple(
        Member(code, NAMES.get(code, code), "host" if i == 0 else "spoke", 0.1, 0.8, 0.4, 0.9)
        for i, code in enumerate(codes)
    )
    made = Opportunity(
        rank=1,
        object=chosen or landfill(),
        logic="ADJACENT",
        members=members,
        score=0.7124,
        parts={"need": 0.8, "strength": 0.5, "proximity": 0.9, "gain": 0.6},
        weights={"need": 0.4, "strength": 0.2, "proximity": 0.15, "gain": 0.25},
        coverage=0.9,
        links=(),
        mandatory_candidate=True,
        cheaper=True,
        geographic_type="a",
        province_required=("63",),
        among=60,
        acceptability=0.83,
        money=Money(9_000_000_000.0, 6_524_375_000.0, "kurva biaya"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def legal(made: Opportunity) -> LegalNotes:
    return LegalNotes(
        family=made.object.family,
        documents=("KB", "PKS"),
        authority=made.object.authority,
        lead="PROVINSI",
        province_required=made.province_required,
        mandatory_candidate=made.mandatory_candidate,
        mandatory_possible=made.cheaper is None,
        geographic_type=made.geographic_type,
        tests={"bordering": True, "externality": True, "cheaper": True},
        takeover="governor",
        feasibility_study=False,
        central_approval=False,
        funding=(
            channel("DEKON", "Dana dekonsentrasi", "Deconcentration funds", fits=False),
            channel("APBD_PROV", "APBD provinsi", "Provincial budget", fits=True),
            channel("KSD_SHARE", "Iuran jasa pelayanan", "Service compensation", fits=True),
        ),
    )


def explanation(
    codes: tuple[str, ...] = ("63.71", "63.72", "63.03"),
    chosen: CooperationObject | None = None,
    *,
    evidence: str = "e1",
    **changes: object,
) -> Explanation:
    made = opportunity(codes, chosen, **changes)
    observed = tuple(reason(code, 0.2 - 0.03 * i) for i, code in enumerate(codes))
    official = reason(
        codes[0],
        0.05,
        part="strength",
        indicator="road.share",
        name_id="Jalan mantap",
        name_en="Roads in good condition",
        value=71.25,
        unit="%",
        source="BPS 2023",
        flag="official",
        kind="measure",
    )
    gap = reason(codes[-1], 0.0, indicator="landfill.years", value=None, flag="", period="")
    return Explanation(
        opportunity=made,
        reasons=(*observed, official),
        contributions={"need": 0.32, "strength": 0.1, "proximity": 0.1424, "gain": 0.15},
        legal=legal(made),
        changes=(),
        missing=(gap,),
        evidence_version=evidence,
        evidence_as_of="2026-11-21",
        catalogue_version="c1",
    )
