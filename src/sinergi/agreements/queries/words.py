"""Families, kinds of partners and other terms in the language of the page, and codes that may be named."""

from django.utils.translation import get_language

from sinergi.agreements.details import Words
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import AgreementFamily, AgreementTerm, Named


def words_of_pack() -> Words:
    """Return the codes that details may name."""
    return Words(
        families=reference.agreement_families(),
        geographies=reference.agreement_terms("geography"),
        objects=reference.catalogue(),
        affairs=reference.affairs(),
        kinds=reference.agreement_terms("partner_kind"),
        regions=reference.region_table().position,
    )


def named(thing: Named | None, code: str = "") -> str:
    """Return a name in the language of the page; the code where there is no such thing."""
    return thing.name(get_language() or "id") if thing is not None else code


def noted(thing: AgreementFamily | AgreementTerm | None) -> str:
    """Return what is to be known of a family or a term, in the language of the page."""
    return thing.note(get_language() or "id") if thing is not None else ""


def family_name(code: str) -> str:
    """Return the name of a family; its code where the pack does not know it."""
    return named(reference.agreement_families().get(code), code)


def term_name(kind: str, code: str) -> str:
    """Return the name of a term; its code where the pack does not know it."""
    return named(reference.agreement_terms(kind).get(code), code)


def term_choices(kind: str) -> list[tuple[str, str]]:
    """Return code and name of the terms of a kind, in their order."""
    return [(code, named(one)) for code, one in reference.agreement_terms(kind).items()]


def family_choices() -> list[tuple[str, str]]:
    """Return code and name of the families, each name with its code."""
    there = reference.agreement_families()
    return [(code, f"{named(one)} ({code})") for code, one in there.items()]


def object_choices() -> list[tuple[str, str]]:
    """Return code and name of the cooperation objects, by name."""
    found = [(code, named(one)) for code, one in reference.catalogue().items()]
    return sorted(found, key=lambda one: one[1])


def affair_choices() -> list[tuple[str, str]]:
    """Return code and name of the affairs, in the order of their codes."""
    return [(code, f"{code} {named(one)}") for code, one in reference.affairs().items()]


def object_name(code: str, text: str = "") -> str:
    """Return the name of a cooperation object; what was written where it is none of the catalogue."""
    return named(reference.catalogue().get(code), code) or text


def government_name(code: str) -> str:
    """Return how documents, which are in Indonesian, name a regional government; its code if it is none."""
    table = reference.region_table()
    row = table.position.get(code)
    if row is None:
        return code
    name = table.names[row]
    province = table.levels[row] == "province" and not name.startswith("Provinsi ")
    return f"Provinsi {name}" if province else name
