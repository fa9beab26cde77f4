"""Names of what the room shows: parts, roles, logics, marks and terms of law."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = Mapping[str, str | Promise]
"""Codes to words that are translated when they are read."""

PART_NAMES: Words = {
    "need": pgettext_lazy("part of the score", "Need"),
    "strength": pgettext_lazy("part of the score", "Strength"),
    "proximity": pgettext_lazy("part of the score", "Proximity"),
    "gain": pgettext_lazy("part of the score", "Gain"),
}
PART_MEANINGS: Words = {
    "need": _(
        "how pressing the matter is for the members that would be served, compared with other "
        "regions"
    ),
    "strength": _("how able the members that would serve are, compared with other regions"),
    "proximity": _("how near the members are to each other, measured by the reach of this object"),
    "gain": _("share of separate facilities or efforts that the members together can do without"),
}

ROLE_NAMES: Words = {
    "host": pgettext_lazy("role of a region", "host"),
    "spoke": pgettext_lazy("role of a region", "user"),
    "supplier": pgettext_lazy("role of a region", "supplier"),
    "buyer": pgettext_lazy("role of a region", "buyer"),
    "mentor": pgettext_lazy("role of a region", "mentor"),
    "learner": pgettext_lazy("role of a region", "learner"),
    "neighbour": pgettext_lazy("role of a region", "neighbour"),
    "member": pgettext_lazy("role of a region", "member"),
    "stop": pgettext_lazy("role of a region", "stop on the route"),
    "upstream": pgettext_lazy("role of a region", "upstream"),
    "downstream": pgettext_lazy("role of a region", "downstream"),
    "origin": pgettext_lazy("role of a region", "origin"),
    "destination": pgettext_lazy("role of a region", "destination"),
}

LOGICS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "ADJACENT": (
        pgettext_lazy("partner logic", "Neighbours"),
        _("Regions fit that share a land border and both have the need near it."),
    ),
    "HUB_SPOKE": (
        pgettext_lazy("partner logic", "Host and users"),
        _("One region can host what its neighbours lack, within a short way."),
    ),
    "COMPLEMENTARY": (
        pgettext_lazy("partner logic", "Surplus and shortage"),
        _(
            "What one region has in plenty another lacks; where prices are declared, what is left of "
            "their difference after freight must be positive."
        ),
    ),
    "PEER": (
        pgettext_lazy("partner logic", "Learning from a peer"),
        _(
            "Regions of similar size and density fit where one does clearly better and can show "
            "how."
        ),
    ),
    "WATERSHED": (
        pgettext_lazy("partner logic", "Upstream and downstream"),
        _("What happens upstream is felt downstream in the same river basin."),
    ),
    "CLUSTER": (
        pgettext_lazy("partner logic", "Reaching scale together"),
        _("Regions with the same product or need reach together a scale that none reaches alone."),
    ),
    "NETWORK": (
        pgettext_lazy("partner logic", "Network"),
        _("Every member that joins makes the network worth more to the others."),
    ),
    "CORRIDOR": (
        pgettext_lazy("partner logic", "Along one route"),
        _("Regions fit that lie along one route and each add a stop."),
    ),
    "MIGRATION_LINK": (
        pgettext_lazy("partner logic", "Origin and destination"),
        _("People move from one region to the other, and both gain when it is agreed."),
    ),
}
"""For each partner logic its name and, in one sentence, who fits whom."""

FLAG_NAMES: Words = {
    "official": _("official"),
    "estimate": _("estimate"),
    "imputed": _("imputed"),
    "default": _("expert default"),
    "": _("not available"),
}
KIND_NAMES: Words = {"measure": _("measure"), "proxy": _("proxy")}
NORMALISER_NAMES: Words = {
    "peer_rank": _("rank among peers (cities with cities, regencies with regencies)"),
    "national_rank": _("rank among all regencies and cities of the country"),
    "standard": _("distance to a standard"),
}
LEVEL_NAMES: Words = {
    "PUSAT": _("Central government"),
    "PROVINSI": _("Provincial government"),
    "KABKOTA": _("Regency/city government"),
}
LEGAL_CLASSES: Words = {
    "wajib_if_trigger": _("mandatory where the conditions of law are met, otherwise voluntary"),
    "sukarela": _("voluntary"),
}
FAMILIES: Words = {
    "KSDD": _("cooperation with another region (KSDD)"),
    "KSDPK": _("cooperation with a third party (KSDPK)"),
    "KSDPL": _("cooperation with a local government abroad (KSDPL)"),
    "KSDLL": _("cooperation with an institution abroad (KSDLL)"),
    "SINERGI": _("synergy with the central government"),
}
GEOGRAPHIC_TYPES: Words = {
    "a": _("type a: bordering regencies and cities in one province"),
    "b": _("type b: bordering regencies and cities in different provinces"),
    "c": _("type c: bordering provinces"),
    "d": _("type d: regencies and cities with a bordering province"),
}
"""Types of mandatory cooperation by the provinces of the parties (Permendagri 22/2020)."""
DOCUMENTS: Words = {
    "KB": _("memorandum of agreement (KB)"),
    "PKS": _("cooperation agreement (PKS)"),
    "PKS(+B2B)": _("cooperation agreement (PKS), with contracts between businesses"),
    "BA": _("official record (BA)"),
    "Perda": _("regional regulation (Perda)"),
    "KSAD": _("agreement between regions (KSAD)"),
    "LoI": _("letter of intent (LoI)"),
    "MoU": _("memorandum of understanding (MoU)"),
    "Rekomendasi->Nota Kesepakatan": _("recommendation, then a note of agreement"),
    "KB|tanpa PKS": _("memorandum of agreement (KB), without a cooperation agreement"),
}
DEFAULT_NAMES: Words = {
    "need_words": _("description of the need"),
    "potential_words": _("description of the strength"),
    "reach_km": _("reach"),
    "funding": _("funding channels"),
    "members_min": _("smallest group"),
    "members_max": _("largest group"),
    "physical": _("physical or not"),
    "computed_logic": _("partner logic computed"),
    "logic": _("partner logic"),
    "secondary_logic": _("second partner logic"),
    "indicators": _("indicators and their weights"),
    "cost_curve": _("cost curve"),
    "margin": _("freight and losses"),
    "adjacency": _("whether a border is required"),
    "legal_class": _("legal class"),
    "document": _("documents"),
    "trigger_id": _("condition of mandatory cooperation"),
    "activity": _("activity code"),
    "family": _("kind of cooperation"),
    "authority": _("authority"),
    "caveat_id": _("caveat"),
}
"""Fields of an object that may hold an expert default, as the reader knows them."""


def part_name(code: str) -> str:
    """Return the name of a part of the score."""
    return str(PART_NAMES.get(code, code))


def part_meaning(code: str) -> str:
    """Return what a part of the score means, as a phrase."""
    return str(PART_MEANINGS.get(code, ""))


def role_name(code: str) -> str:
    """Return the role of a member."""
    return str(ROLE_NAMES.get(code, code))


def logic_name(code: str) -> str:
    """Return the name of a partner logic."""
    return str(LOGICS[code][0]) if code in LOGICS else code


def logic_text(code: str) -> str:
    """Return in one sentence who fits whom under a partner logic."""
    return str(LOGICS[code][1]) if code in LOGICS else ""


def flag_name(code: str) -> str:
    """Return how sure a value is."""
    return str(FLAG_NAMES.get(code, code))


def kind_name(code: str) -> str:
    """Return whether an indicator measures the thing or stands for it."""
    return str(KIND_NAMES.get(code, code))


def normaliser_name(code: str) -> str:
    """Return how a value is put on a scale from 0 to 1."""
    return str(NORMALISER_NAMES.get(code, code))


def level_name(code: str) -> str:
    """Return a level of government."""
    return str(LEVEL_NAMES.get(code, code))


def legal_class_name(code: str) -> str:
    """Return whether cooperation on an object can be mandatory."""
    return str(LEGAL_CLASSES.get(code, code))


def families_text(family: str) -> str:
    """Return the kinds of cooperation of `KSDD|KSDPK` or `KSDD+SINERGI`, as words."""
    codes = family.replace("+", "|").split("|")
    return "; ".join(str(FAMILIES.get(code, code)) for code in codes)


def documents_text(code: str) -> str:
    """Return the name of a document of cooperation."""
    return str(DOCUMENTS.get(code, code))


def geographic_type_text(code: str) -> str:
    """Return a type of mandatory cooperation; empty for none."""
    return str(GEOGRAPHIC_TYPES.get(code, ""))


def default_name(field: str) -> str:
    """Return a field of an object that holds an expert default, as the reader knows it."""
    return str(DEFAULT_NAMES.get(field, field))


PROVENANCE: tuple[tuple[str, str | Promise], ...] = (
    ("rest knowledge;verify", _("the rest from general knowledge, to be checked")),
    ("knowledge;verify", _("from general knowledge, to be checked")),
    ("knowledge; verify", _("from general knowledge, to be checked")),
    ("uncertain knowledge;verify", _("uncertain, to be checked")),
    ("expert default; verify", _("expert default, to be checked")),
    ("sourced:nomenclature", _("sourced: nomenclature of activities")),
    ("sourced", _("sourced")),
    ("mixed", _("partly sourced")),
)
"""Marks of the pack, the longer first, and what they mean."""


def provenance_text(provenance: str) -> str:
    """Return the provenance of a row with its marks in the language of the page."""
    text = provenance
    for mark, words in sorted(PROVENANCE, key=lambda pair: -len(pair[0])):
        text = text.replace(mark, str(words))
    return text
