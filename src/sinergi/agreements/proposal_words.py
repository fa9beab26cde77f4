"""What the rules say of parties and an object, in words: the family and why, who is required, what to ask."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from sinergi.agreements.families import NO, TESTS, UNKNOWN, YES, takeover
from sinergi.agreements.parties import Need, Required
from sinergi.agreements.queries.parties import Proposal
from sinergi.agreements.queries.words import family_name, named, noted, term_name
from sinergi.programs.queries.words import region_name
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import AgreementTerm, CooperationObject

NOTES = {
    "no_region": gettext_lazy(
        "No regional government is among the parties: then it is no cooperation of regions."
    ),
    "one_party": gettext_lazy("A cooperation has at least two parties: name the partners."),
    "mixed_partners": gettext_lazy(
        "Partners of several kinds: the family follows from the one whose rules ask for most. "
        "Consider an agreement for each."
    ),
    "regions_among": gettext_lazy(
        "Several regions with another partner: what they agree among themselves may need an "
        "agreement between regions (KSDD) of its own."
    ),
    "object_kind_open": gettext_lazy(
        "What is done is not said yet: whether it is a cooperation of regions at all follows from it."
    ),
    "not_in_table": gettext_lazy(
        "The table of partners and objects does not name this pair: the proposal follows from the "
        "partner alone."
    ),
    "object_of_other_family": gettext_lazy(
        "The catalogue names this object for another family: check it."
    ),
}
BECAUSE = {
    "burdens_people": gettext_lazy("the plan burdens the community and the region"),
    "not_in_budget": gettext_lazy("its money is not in the budget of the year"),
    "abroad": gettext_lazy("cooperation abroad"),
}
ANSWERS = {
    YES: gettext_lazy("yes"),
    NO: gettext_lazy("no"),
    UNKNOWN: gettext_lazy("people must say it"),
}
LEVELS = {
    "PUSAT": gettext_lazy("the centre"),
    "PROVINSI": gettext_lazy("the province"),
    "KABKOTA": gettext_lazy("regencies and cities"),
}


@dataclass(frozen=True, slots=True)
class Test:
    """A test of mandatory cooperation: the question, what is known, from where."""

    question: str
    answer: str
    hint: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A party that a rule asks for: who, why, whether it is there, and that the rule is to be verified."""

    who: str
    why: str
    present: bool
    unsure: bool


@dataclass(frozen=True, slots=True)
class Approvals:
    """A party with the approvals that it needs, each with the reason, and whether that is still open."""

    name: str
    needed: tuple[tuple[str, str], ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules say, as pages show it."""

    family: str
    family_code: str
    certain: bool
    rule: str
    note: str
    other_way: AgreementTerm | None
    notes: tuple[str, ...]
    geography: str
    tests: tuple[Test, ...]
    mandatory: str
    takeover: str
    required: tuple[Asked, ...]
    outside: tuple[str, ...]
    nobody: bool
    levels: str
    administrative: tuple[str, ...]
    approvals: tuple[Approvals, ...]
    study_first: bool

    @property
    def missing(self) -> tuple[Asked, ...]:
        """The required parties that are not there."""
        return tuple(one for one in self.required if not one.present)

    @property
    def warns(self) -> bool:
        """Whether something must be looked at before it is begun."""
        return bool(self.other_way or self.nobody or self.missing or self.administrative)


def told(
    found: Proposal, names: Mapping[str, str], item: CooperationObject | None, family: str = ""
) -> Told:
    """Return a proposal in the language of the page.

    Parameters
    ----------
    names
        Name of each party by its key.
    family
        The one that people chose, if they did.
    """
    code = family or found.family.code
    other = bool(family and found.family.code and family != found.family.code)
    terms = reference.agreement_terms("other_way")
    rule = found.family.rule
    return Told(
        family=family_name(code),
        family_code=code,
        certain=found.family.certain,
        rule=rule.rule if rule is not None and not other else "",
        note=noted(reference.agreement_families().get(code)),
        other_way=terms.get(found.family.other_way),
        notes=(
            *([_other_family(found.family.code)] if other else []),
            *(str(NOTES[one]) for one in found.family.notes),
        ),
        geography=term_name("geography", found.geography) if found.geography else "",
        tests=tuple(_tests(found, item)),
        mandatory=_mandatory(found),
        takeover=_takeover(found),
        required=tuple(_asked(one) for one in found.required),
        outside=tuple(names.get(key, key) for key in found.outside),
        nobody=found.nobody,
        levels=levels_of(item),
        administrative=tuple(names.get(key, key) for key in found.administrative),
        approvals=tuple(
            _approvals(names.get(key, key), needs) for key, needs in found.needs.items() if needs
        ),
        study_first=found.study_first,
    )


def _other_family(code: str) -> str:
    told = _("By its partners it would be %(family)s (%(code)s): check the family, or the parties.")
    return told % {"family": family_name(code), "code": code}


def levels_of(item: CooperationObject | None) -> str:
    """Return which levels hold an object, in words; empty where it is none of the catalogue."""
    if item is None:
        return ""
    held = [str(LEVELS[one]) for one in item.authority]
    return (_(" and ") if item.authority_joint else _(" or ")).join(held)


def _tests(found: Proposal, item: CooperationObject | None) -> list[Test]:
    if found.question is None:
        return []
    terms = reference.agreement_terms("mandatory_test")
    trigger = named_trigger(item)
    hints = {
        "adjacency": _("from the land borders of the map"),
        "externality": trigger,
        "cheaper": _("an estimate of the map") if found.question.tests["cheaper"] else "",
    }
    return [
        Test(named(terms.get(one), one), str(ANSWERS[found.question.tests[one]]), hints[one])
        for one in TESTS
    ]


def named_trigger(item: CooperationObject | None) -> str:
    """Return what would make an object mandatory, as the catalogue says it, if it says anything."""
    if item is None or not item.trigger_id:
        return ""
    english = (get_language() or "id").startswith("en")
    text = item.trigger_en if english else item.trigger_id
    return _("the catalogue says: %(text)s") % {"text": text}


def _mandatory(found: Proposal) -> str:
    if found.question is None:
        return ""
    if not found.question.possible:
        return _("Voluntary, as far as it is known: a test of mandatory cooperation does not hold.")
    if found.question.candidate:
        return _("All three tests hold: a candidate for mandatory cooperation. People decide.")
    return _("It may be mandatory. People answer what is open, and decide.")


def _takeover(found: Proposal) -> str:
    code = takeover(found.geography)
    return term_name("takeover", code) if code else ""


def _asked(one: Required) -> Asked:
    terms = reference.agreement_terms("required_by")
    if one.regions:
        who = ", ".join(region_name(code) for code in one.regions)
    elif one.kind == "K_L":
        who = term_name("partner_kind", one.kind)
    else:
        who = _("a regency or city")
    term = terms.get(one.rule)
    unsure = term is None or not term.sourced
    return Asked(who, named(term, one.rule), one.present, unsure)


def _approvals(name: str, needs: tuple[Need, ...]) -> Approvals:
    needed = tuple(
        (term_name("approval_kind", one.kind), str(BECAUSE.get(one.because, one.because)))
        for one in needs
        if one.needed == YES
    )
    return Approvals(name, needed, any(one.needed == UNKNOWN for one in needs))


def because(code: str) -> str:
    """Return why an approval is needed, in words; the code where it is none of ours."""
    return str(BECAUSE.get(code, code))
