"""Activity codes against the nomenclature and against the level of the party whose plan it is."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sinergi.programs.funding.facts import further_of, level_of
from sinergi.programs.remarks import remark_text
from sinergi.reference.models import Activity
from sinergi.reference.queries import pack

SHAPE = re.compile(
    r"^(?:[0-9X]\.(?:[0-9]{2}|XX))(?:\.[0-9]{2}(?:\.[0-9](?:\.[0-9]{2}(?:\.[0-9]{4})?)?)?)?$"
)
LEVEL = 3
"""Position of the segment that says whose activity it is."""
PROVINCE, LOCAL = "1", "2"
HELD_BY = {PROVINCE: "PROVINSI", LOCAL: "KABKOTA"}
ANY_AFFAIR = "X.XX"
"""What the nomenclature writes for programmes that every affair has, such as its secretariat."""
SUPPORT = "01"


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """What is known of a code.

    Attributes
    ----------
    name, unit, indicator
        Of the nomenclature; empty where it does not know the code.
    level
        affair, program, activity or subactivity; empty where it does not know the code.
    known
        The code, or the activity above it where no nomenclature of sub-activities is loaded.
    whole
        Whether the code itself was found, and not only what stands above it.
    remarks
        Codes of `programs.remarks`.
    """

    code: str
    name: str = ""
    unit: str = ""
    indicator: str = ""
    level: str = ""
    known: bool = False
    whole: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether a person must say that it is kept nevertheless; special autonomy is only told."""
        return bool(set(self.remarks) - {"level_special"})

    @property
    def texts(self) -> list[str]:
        """What is to be said of it."""
        return [remark_text(code) for code in self.remarks]


def check_code(code: str, region_code: str) -> CodeCheck:
    """Return what the nomenclature says of a code, and whether the party holds it.

    Parameters
    ----------
    region_code
        Of the plan: `ID` of the nation, two digits of a province, otherwise of a regency or city.
    """
    code = code.strip()
    if not code:
        return CodeCheck("")
    if not SHAPE.match(code):
        return CodeCheck(code, remarks=("code_malformed",))
    remarks = authority_remarks(code, region_code)
    found = nomenclature([code]).get(code)
    if found is None:
        return CodeCheck(code, remarks=("code_unknown", *remarks))
    name, unit, indicator, level, whole = found
    return CodeCheck(code, name, unit, indicator, level, known=True, whole=whole, remarks=remarks)


def authority_remarks(code: str, region_code: str) -> tuple[str, ...]:
    """Return what the level segment of a code says against the party of a plan.

    1 is of provinces, 2 of regencies and cities (Permendagri 90/2019), but for what a government holds of
    both; 3 to 7 are of special autonomy, and whose they are is not confirmed.
    """
    parts = code.split(".")
    level = parts[LEVEL] if len(parts) > LEVEL else ""
    if level not in {PROVINCE, LOCAL}:
        return ("level_special",) if level else ()
    if region_code == "ID":
        return ("level_subnational",)
    own = level_of(region_code) or ("KABKOTA" if "." in region_code else "PROVINSI")
    if HELD_BY[level] in {own, *further_of(region_code, ".".join(parts[:2]))}:
        return ()
    return ("level_province",) if level == PROVINCE else ("level_local",)


Told = tuple[str, str, str, str, bool]


def nomenclature(codes: list[str]) -> dict[str, Told]:
    """Return code to name, unit, indicator, level and whether the code itself is known; one query.

    Where no nomenclature is loaded, the activities of the country pack are asked.
    """
    asked = {one: (one, general(one)) for one in codes}
    wanted = {name for names in asked.values() for name in names}
    rows = Activity.objects.filter(code__in=wanted)
    told = rows.values_list("code", "name", "unit", "indicator", "level")
    known: dict[str, Told] = {row[0]: (row[1], row[2], row[3], row[4], True) for row in told}
    if not known and not Activity.objects.exists():
        known = _of_the_pack(wanted)
    found = {
        one: next((known[n] for n in names if n in known), None) for one, names in asked.items()
    }
    return {one: line for one, line in found.items() if line is not None}


def _of_the_pack(wanted: set[str]) -> dict[str, Told]:
    """Return what the pack knows: activities; of a sub-activity the one above it, as not wholly known."""
    names = {one.code: one.name for one in pack().activities}
    found: dict[str, Told] = {}
    for code in wanted:
        above = ".".join(code.split(".")[:5])
        if above in names:
            whole = above == code
            found[code] = (
                names[above] if whole else "",
                "",
                "",
                "activity" if whole else "",
                whole,
            )
    return found


def general(code: str) -> str:
    """Return the code as the nomenclature writes it where every affair has it: `X.XX.01.2.01.0001`."""
    parts = code.split(".")
    if len(parts) > 2 and parts[2] == SUPPORT:
        return ".".join([ANY_AFFAIR, *parts[2:]])
    return code


def suggestions(text: str, region_code: str, most: int = 12) -> list[Activity]:
    """Return lines of the loaded nomenclature by the beginning of a code or words of a name.

    Those of the party's own level come first.
    """
    told = text.strip()[:100]
    if not told:
        return []
    rows = Activity.objects.filter(level__in=("activity", "subactivity"))
    if re.match(r"^[0-9X]", told):
        rows = rows.filter(code__startswith=told)
    else:
        for word in told.split()[:6]:
            rows = rows.filter(name__icontains=word)
    own = LOCAL if "." in region_code else PROVINCE
    found = list(rows.order_by("code")[: most * 4])
    found.sort(key=lambda row: (row.code.split(".")[LEVEL : LEVEL + 1] != [own], row.code))
    return found[:most]


def refusal(check: CodeCheck) -> str:
    """Return what is said at the field of a code that is not kept without a word."""
    told = " ".join(check.texts)
    return _("%(told)s Correct it, or tick “keep nevertheless”.") % {"told": told}
