"""The explanation of an opportunity as it was when chosen: written once, readable for years."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

from django.utils.translation import get_language

from sinergi.opportunities.lists import names
from sinergi.opportunities.results import Explanation, FundingOption, Member, Money, Reason
from sinergi.opportunities.settings import MapSettings
from sinergi.reference.catalogue import CooperationObject

SHAPE = 1
"""Version of the shape of a snapshot; raised when a key changes its meaning."""

OBJECT_FIELDS = (
    "code",
    "name_id",
    "name_en",
    "activity",
    "family",
    "document",
    "legal_class",
    "authority",
    "authority_joint",
    "caveat_id",
    "caveat_en",
    "provenance",
    "defaults",
)
T = TypeVar("T")


def _named_affair(code: str) -> dict[str, str]:
    affair = names.affair(code)
    return {"code": code, "name_id": affair.name_id, "name_en": affair.name_en}


def _object(chosen: CooperationObject) -> dict[str, Any]:
    kept = {name: getattr(chosen, name) for name in OBJECT_FIELDS}
    affairs = [_named_affair(code) for code in (chosen.affair, *chosen.secondary_affairs) if code]
    return {**kept, "affairs": affairs}


def take(explanation: Explanation, settings: MapSettings) -> dict[str, Any]:
    """Return an explanation as JSON values, complete enough to defend the choice later.

    Parameters
    ----------
    explanation
        What the map says of the opportunity.
    settings
        The settings it was said under; with the versions, they allow the same computation again.
    """
    opportunity = asdict(explanation.opportunity)
    opportunity["object"] = _object(explanation.opportunity.object)
    provinces = explanation.opportunity.province_required
    kept = {
        "shape": SHAPE,
        "evidence": {
            "version": explanation.evidence_version,
            "as_of": explanation.evidence_as_of,
        },
        "catalogue": explanation.catalogue_version,
        "settings": asdict(settings),
        "opportunity": opportunity,
        "provinces": [{"code": code, "name": names.region(code)} for code in provinces],
        "contributions": explanation.contributions,
        "reasons": [asdict(reason) for reason in explanation.reasons],
        "missing": [asdict(reason) for reason in explanation.missing],
        "legal": asdict(explanation.legal),
        "changes": [asdict(change) for change in explanation.changes],
        "vetoes": explanation.vetoes,
    }
    values: dict[str, Any] = json.loads(json.dumps(kept, allow_nan=False))
    return values


def _build(kind: type[T], values: Mapping[str, Any]) -> T:
    """Return a value of `kind`, ignoring what a newer or older shape holds besides."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(
        **{k: tuple(v) if isinstance(v, list) else v for k, v in values.items() if k in known}
    )


@dataclass(frozen=True)
class Snapshot:
    """Reads the values that `take` wrote.

    Parameters
    ----------
    values
        The snapshot of an entry.
    """

    values: Mapping[str, Any]

    def _opportunity(self, name: str) -> Any:
        return self.values["opportunity"][name]

    def _object(self, name: str) -> Any:
        return self._opportunity("object")[name]

    @property
    def settings(self) -> MapSettings:
        """The settings of the map it was chosen from."""
        return _build(MapSettings, self.values["settings"])

    @property
    def evidence_version(self) -> str:
        """Version of the evidence at the time of choosing."""
        return str(self.values["evidence"]["version"])

    @property
    def evidence_as_of(self) -> str:
        """Date of the evidence, as the evidence room writes it."""
        return str(self.values["evidence"]["as_of"])

    @property
    def catalogue_version(self) -> str:
        """Version of the catalogue of cooperation objects."""
        return str(self.values["catalogue"])

    @property
    def name(self) -> str:
        """Name of the cooperation object in the language of the reader."""
        return _in_language(self._opportunity("object"), "name")

    @property
    def caveat(self) -> str:
        """What to watch out for, in the language of the reader."""
        return _in_language(self._opportunity("object"), "caveat")

    @property
    def affairs(self) -> list[tuple[str, str]]:
        """Code and name of the affairs, the leading one first."""
        return [(a["code"], _in_language(a, "name")) for a in self._object("affairs")]

    @property
    def activity(self) -> str:
        """Code of the activity (kegiatan) in the nomenclature."""
        return str(self._object("activity"))

    @property
    def family(self) -> str:
        """KSDD, KSDPK … or SINERGI."""
        return str(self._object("family"))

    @property
    def mandatory_candidate(self) -> bool:
        """Whether it met the tests of a mandatory cooperation; a person decides."""
        return bool(self._opportunity("mandatory_candidate"))

    @property
    def mandatory_possible(self) -> bool:
        """Whether only an unknown stood between it and a candidate."""
        return bool(self.values["legal"].get("mandatory_possible"))

    @property
    def geographic_type(self) -> str:
        """a, b, c or d of Permendagri 22/2020, or empty."""
        return str(self._opportunity("geographic_type"))

    @property
    def lead_level(self) -> str:
        """PUSAT, PROVINSI or KABKOTA."""
        return str(self.values["legal"]["lead"])

    @property
    def provinces_required(self) -> list[str]:
        """Names of the provinces that must be a party."""
        return [province["name"] for province in self.values["provinces"]]

    @property
    def members(self) -> list[Member]:
        """The regions and their roles."""
        return [_build(Member, member) for member in self._opportunity("members")]

    @property
    def score(self) -> float:
        """Score, 0-1."""
        return float(self._opportunity("score"))

    @property
    def rank(self) -> int:
        """Rank on its map; 0 for a group that is not on it."""
        return int(self._opportunity("rank"))

    @property
    def among(self) -> int:
        """How many groups its map ranked; 0 where the snapshot is older than that number."""
        return int(self.values["opportunity"].get("among") or 0)

    @property
    def coverage(self) -> float:
        """Share of the object's evidence that was there, 0-1."""
        return float(self._opportunity("coverage"))

    @property
    def money(self) -> Money | None:
        """Savings by a cost curve; always an estimate."""
        money = self._opportunity("money")
        return _build(Money, money) if money else None

    @property
    def reasons(self) -> list[Reason]:
        """Observations behind the score, the greatest contribution first."""
        reasons = [_build(Reason, reason) for reason in self.values["reasons"]]
        return sorted(reasons, key=lambda reason: -abs(reason.contribution))

    @property
    def missing(self) -> list[Reason]:
        """Observations that were not there."""
        return [_build(Reason, reason) for reason in self.values["missing"]]

    @property
    def funding(self) -> list[FundingOption]:
        """Funding channels, those that fit first."""
        options = [_build(FundingOption, option) for option in self.values["legal"]["funding"]]
        return sorted(options, key=lambda option: not option.fits)

    @property
    def defaults(self) -> list[str]:
        """Fields of the catalogue that are expert defaults and not sourced facts."""
        return list(self._object("defaults"))

    def funding_name(self, code: str) -> str:
        """Return the name of a funding channel; the code where the snapshot does not know it."""
        found = [option for option in self.funding if option.code == code]
        return localised(found[0].name_id, found[0].name_en) if found else code

    def member_name(self, code: str) -> str:
        """Return the name of a member; the code where it is not one."""
        return next((m.name for m in self.members if m.code == code), code)

    def summary(self) -> dict[str, Any]:
        """Return what the history keeps of a snapshot that is replaced."""
        return {"score": self.score, "rank": self.rank, "evidence": self.evidence_version}


def localised(indonesian: str, english: str) -> str:
    """Return the text in the language of the reader; Indonesian unless that is English."""
    return english if (get_language() or "id").startswith("en") and english else indonesian


def _in_language(values: Mapping[str, Any], stem: str) -> str:
    return localised(str(values[f"{stem}_id"]), str(values[f"{stem}_en"]))


def strongest(reasons: Iterable[Reason], limit: int = 3) -> list[Reason]:
    """Return the observations that contribute most, without those that are missing."""
    return [reason for reason in reasons if reason.value is not None][:limit]
