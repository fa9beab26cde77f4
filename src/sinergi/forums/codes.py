"""Codes of regions, objects and affairs that people name, checked against the reference."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from sinergi.reference import queries as reference


def unknown_codes(
    region_code: Sequence[str] = (),
    regions: Sequence[str] = (),
    objects_named: Sequence[str] = (),
    affair: Sequence[str] = (),
) -> dict[str, str]:
    """Return which fields name a code that the reference does not have, and why; empty texts pass."""
    there = {one.code for one in reference.pack().regions} if region_code or regions else set()
    known = {
        "region_code": (region_code, there, _("There is no region “%(code)s”.")),
        "regions": (regions, there, _("There is no region “%(code)s”.")),
        "objects_named": (
            objects_named,
            set(reference.catalogue()) if objects_named else set(),
            _("There is no cooperation object “%(code)s”."),
        ),
        "affair": (
            affair,
            set(reference.affairs()) if affair else set(),
            _("There is no affair “%(code)s”."),
        ),
    }
    faults = {}
    for name, (codes, have, told) in known.items():
        strange = [code for code in codes if code and code not in have]
        if strange:
            faults[name] = told % {"code": ", ".join(strange)[:200]}
    return faults
