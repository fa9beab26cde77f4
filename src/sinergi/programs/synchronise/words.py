"""Names of rules and what is suggested for them; regions, levels, channels and probabilities in words."""

from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from sinergi.reference.queries import catalogue, funding_channels, pack

RULES: dict[str, tuple[Any, Any]] = {
    "same_across": (
        _l("The same work in several plans"),
        _l("Settle who does it: merge the lines, share the cost, or say why both are needed."),
    ),
    "same_name": (
        _l("One name in the plans of two governments"),
        _l("Ask the other government whether it means the same work, and where it lies."),
    ),
    "same_in_plan": (
        _l("The same work twice in one plan"),
        _l("Keep one line, or write into the titles what tells them apart."),
    ),
    "some_apart": (
        _l("Lines that look like one work, while some are told apart"),
        _l(
            "Say which of them are one work; a number, stage or place in each title would tell them apart."
        ),
    ),
    "many_alike": (
        _l("Many lines that look like one work"),
        _l("Look through them together; titles that name the place would tell them apart."),
    ),
    "repeated": (
        _l("The same line several times, letter by letter"),
        _l("Take out what was entered twice, or write what each contract is for."),
    ),
    "repeated_small": (
        _l("Small lines that stand several times, together"),
        _l("Take out what was entered twice; each is small, so look only at what surprises."),
    ),
    "part_of_same": (
        _l("A part of what another plan holds"),
        _l("Take the part out of the larger line, or write that it is an addition."),
    ),
    "package_over_line": (
        _l("Packages above their budget line"),
        _l("Lower the packages or raise the line before procurement begins."),
    ),
    "package_without_budget": (
        _l("Packages whose budget line holds nothing"),
        _l(
            "Look under which line the money stands; if under none, budget it or take the packages out "
            "before procurement begins."
        ),
    ),
    "agency_over_budget": (
        _l("Packages of an agency above its whole budget"),
        _l(
            "Check amounts typed wrongly first, then the budget that the packages were planned with."
        ),
    ),
    "agency_without_budget": (
        _l("An agency that procures and has no budget line"),
        _l(
            "Look whether its budget stands under another name, such as that of the agency above it."
        ),
    ),
    "other_side_missing": (
        _l("The other side of a border has no line"),
        _l(
            "Agree with the neighbour on a line of its own, on later years, or on one government that builds."
        ),
    ),
    "promise_without_money": (
        _l("Chosen together, and without a line"),
        _l("Bring it into the next plan of the members named, or take it off."),
    ),
    "design_after_build": (
        _l("The design comes after the work"),
        _l("Bring the design forward, or put the work off."),
    ),
    "land_after_build": (
        _l("Land is bought after the work begins"),
        _l("Buy the land first, or put the work off."),
    ),
    "border_years_apart": (
        _l("Two sides of a border in different years"),
        _l("Agree on years that meet."),
    ),
    "before_what_it_needs": (
        _l("A member begins before what it depends on"),
        _l("Let it begin with the member that others depend on."),
    ),
    "units_differ": (
        _l("One work in different units"),
        _l("Agree on one output and one unit."),
    ),
    "targets_differ": (
        _l("One work with different targets"),
        _l("Agree on what will be built."),
    ),
    "level_not_holder": (
        _l("Another level holds the affair"),
        _l("Hand it to that level, or pay as a grant, as assistance or under co-administration."),
    ),
    "names_other_level": (
        _l("The title names what another level holds"),
        _l("Correct the title, or hand the line to the level that holds it."),
    ),
    "level_required": (
        _l("A level that must take part has no line"),
        _l("Bring that level in: without it this object lacks authority."),
    ),
    "channel_cannot_pay": (
        _l("A channel that cannot pay for this"),
        _l("Choose another channel; the page of the line says which could pay."),
    ),
    "paid_twice": (
        _l("Paid twice from money given for one purpose"),
        _l("Keep one of the two sources before either is proposed."),
    ),
    "code_moved": (
        _l("Codes that were replaced"),
        _l(
            "Use the new codes from the next change of the plan on; a plan of a former year was right to "
            "use the codes of its time."
        ),
    ),
    "code_unknown": (
        _l("Codes that the nomenclature does not know"),
        _l("Look the activity up, or load the nomenclature that this plan was made with."),
    ),
    "code_of_other_level": (_l("A code of another level"), _l("Use the code of your own level.")),
    "name_of_other_code": (
        _l("A name that does not belong to its code"),
        _l("Correct the code or the name."),
    ),
    "other_nomenclature": (
        _l("A plan of another nomenclature"),
        _l("Load the nomenclature of the year of this plan; its codes were not judged one by one."),
    ),
    "told_apart": (_l("Looks alike, told apart"), _l("Nothing needs to be done.")),
    "other_side_unseen": (
        _l("The plan of the neighbour is not in this run"),
        _l("Ask the neighbour to share its plan, then run again."),
    ),
}
LEVELS = {
    "PUSAT": _l("the centre"),
    "PROVINSI": _l("the province"),
    "KABKOTA": _l("regencies and cities"),
}
WHY_NOT = {
    "recipient": _l("this level cannot receive it"),
    "authority": _l("it pays for affairs of another level only"),
    "affair": _l("it pays for other affairs only"),
    "physical": _l("it pays for physical objects only, or never for them"),
}
VETOES = {
    "number_differs": _l("different numbers"),
    "stage_differs": _l("different stages"),
    "package_differs": _l("different packages"),
    "section_differs": _l("different sections"),
    "station_differs": _l("different stations"),
    "village_differs": _l("different villages"),
    "district_differs": _l("different districts"),
    "name_differs": _l("different names"),
}
SURE, LIKELY = 0.9, 0.75


def rule_name(rule: str) -> str:
    """Return what a rule finds, in a few words."""
    return str(RULES[rule][0]) if rule in RULES else rule


def remedy(rule: str) -> str:
    """Return what is suggested."""
    return str(RULES[rule][1]) if rule in RULES else ""


def certainty(probability: float) -> str:
    """Return a probability in words and as a number."""
    percent = number_format(round(100 * probability))
    if probability >= SURE:
        told = _("almost certainly the same work (%(percent)s%%)")
    elif probability >= LIKELY:
        told = _("probably the same work (%(percent)s%%)")
    else:
        told = _("possibly the same work (%(percent)s%%)")
    return told % {"percent": percent}


def money(amount: Decimal | None) -> str:
    """Return rupiah as text; a dash where none is told."""
    if amount is None:
        return "–"
    return "Rp " + number_format(amount.quantize(Decimal(1)), 0, force_grouping=True)


def region_name(code: str) -> str:
    """Return the name of a region; the code where the pack does not know it."""
    return _region_names().get(code, code)


def _region_names() -> dict[str, str]:
    return {one.code: one.name for one in pack().regions}


def region_names(codes: list[str]) -> str:
    """Return names of regions, one after the other."""
    known = _region_names()
    return ", ".join(known.get(code, code) for code in codes)


def level_name(level: str) -> str:
    """Return a level in words."""
    return str(LEVELS.get(level, level))


def channel_name(code: str) -> str:
    """Return the name of a funding channel."""
    found = funding_channels().get(code)
    return code if found is None else found.name(get_language() or "id")


def object_name(code: str) -> str:
    """Return the name of a cooperation object."""
    found = catalogue().get(code)
    return code if found is None else found.name(get_language() or "id")


def share(value: str, *, per_cent: bool) -> str:
    """Return a share as text: rupiah, or per cent without zeros behind the mark."""
    amount = Decimal(value)
    return f"{number_format(f'{amount.normalize():f}')}%" if per_cent else money(amount)
