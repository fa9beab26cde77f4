"""Findings told with their figures: a sentence for each rule, and the evidence of a pair separately."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from sinergi.programs.funding.conditions import Reason, Verdict
from sinergi.programs.funding.words import basis
from sinergi.programs.models import Finding, FindingDecision, Outcome
from sinergi.programs.synchronise.words import (
    VETOES,
    WHY_NOT,
    certainty,
    channel_name,
    level_name,
    money,
    object_name,
    region_name,
    region_names,
    share,
)
from sinergi.programs.templatetags.programs import exact
from sinergi.reference.rupiah import rupiah

Facts = Mapping[str, Any]
SOME_CODES = 3


def _pair(facts: Facts) -> str:
    return certainty(facts["probability"])


def _some_apart(facts: Facts) -> str:
    told = _(
        "%(n)s lines hang together by likeness (at least %(percent)s%%), but a number, stage, section or "
        "place tells some of them apart: they cannot all be one work."
    )
    percent = number_format(round(100 * facts["probability"]))
    return told % {"n": facts["size"], "percent": percent}


def _named(facts: Facts) -> str:
    told = _(
        "Nearly the same title; the rest does not show whether it is one work. By all evidence: "
        "%(percent)s%%."
    )
    return told % {"percent": number_format(round(100 * facts["probability"]))}


def _packages(facts: Facts) -> str:
    told = _("%(office)s, %(year)s: packages of %(packages)s against a budget of %(budget)s.")
    if facts.get("exceeded", 1) > 1:
        told = _(
            "%(office)s, %(year)s: %(exceeded)s budget lines are exceeded by small amounts, together "
            "packages of %(packages)s against a budget of %(budget)s."
        )
    return told % {
        "exceeded": facts.get("exceeded", 1),
        "office": facts["office_name"],
        "year": facts["year"],
        "packages": money(rupiah(facts["packages"])),
        "budget": money(rupiah(facts["budget"])),
    }


def _unbudgeted(facts: Facts) -> str:
    told = ngettext(
        "%(office)s, %(year)s: %(n)s package, and no budget line of an agency with this name.",
        "%(office)s, %(year)s: %(n)s packages, and no budget line of an agency with this name.",
        facts["n"],
    )
    return told % {"office": facts["office_name"], "year": facts["year"], "n": facts["n"]}


def _border(facts: Facts) -> str:
    names = {"home": region_name(facts["home"]), "other": region_name(facts["other"])}
    if facts.get("km") is not None:
        start = (
            _("%(home)s plans up to the border with %(other)s (its point lies close to it).")
            % names
        )
    else:
        start = _("%(home)s plans something that names %(other)s.") % names
    if facts.get("general"):
        more = ngettext(
            "%(n)s line of the same activity there names no place and may mean this work.",
            "%(n)s lines of the same activity there name no place and may mean this work.",
            facts["general"],
        )
        return f"{start} {more % {'n': facts['general']}}"
    return start


def _apart(facts: Facts) -> str:
    told = ngettext(
        "The years of %(home)s and %(other)s lie %(gap)s year apart.",
        "The years of %(home)s and %(other)s lie %(gap)s years apart.",
        facts["gap"],
    )
    names = {"home": region_name(facts["home"]), "other": region_name(facts["other"])}
    return told % {**names, "gap": facts["gap"]}


def _promise(facts: Facts) -> str:
    of = _("Priority list “%(title)s”: %(object)s.") if facts["origin"] == "list" else _(
        "Point of a forum “%(title)s”: %(object)s."
    )  # fmt: skip
    parts = [of % {"title": facts["title"], "object": object_name(facts["object"])}]
    for name, told in (
        ("missing", _("No line: %(who)s.")),
        ("general", _("Only lines of the same activity that do not name it: %(who)s.")),
        ("unseen", _("Not seen, for no plan is in this run: %(who)s.")),
    ):
        if facts[name]:
            parts.append(told % {"who": region_names(facts[name])})
    return " ".join(parts)


def _order(facts: Facts) -> str:
    told = _("“%(work)s” begins in %(build)s, but “%(before)s” only in %(earlier)s.")
    work = facts.get("called", facts.get("work", "–"))
    names = {"work": work, "before": facts.get("before", "–")}
    return told % {**names, "build": facts["build"], "earlier": facts["earlier"]}


def _early(facts: Facts) -> str:
    told = _("%(member)s begins in %(starts)s, %(hub)s only in %(hub_starts)s.")
    who = {"member": region_name(facts["member"]), "hub": region_name(facts["hub"])}
    return told % {**who, "starts": facts["starts"], "hub_starts": facts["hub_starts"]}


def _level(facts: Facts) -> str:
    told = _("Code %(code)s belongs to %(holder)s; the plan is one of %(level)s.")
    text = told % {
        "code": facts["written"],
        "holder": level_name(facts["held_by"]),
        "level": level_name(facts["level"]),
    }
    right = facts.get("right")
    return text if not right else text + " " + _("The right one is %(code)s.") % {"code": right}


def _names_level(facts: Facts) -> str:
    told = _(
        "The title names what %(holder)s holds; the plan is one of %(level)s (rule “%(rule)s”)."
    )
    holder, level = level_name(facts["holder"]), level_name(facts["level"])
    return told % {"holder": holder, "level": level, "rule": facts["by"]}


def _required(facts: Facts) -> str:
    told = _("%(object)s needs %(level)s, of which no plan of this run has a line on it.")
    return told % {"object": object_name(facts["object"]), "level": level_name(facts["required"])}


def _channel(facts: Facts) -> str:
    told = _("%(channel)s: %(why)s.")
    text = told % {"channel": channel_name(facts["channel"]), "why": WHY_NOT[facts["why"]]}
    if "provenance" not in facts:  # A run of a former version did not keep it.
        return text
    where = {"source": facts["source"], "provenance": facts["provenance"], "year": facts["of_year"]}
    return f"{text} " + _("Where the rule is from: %(basis)s.") % {
        "basis": basis(Reason("", Verdict.AGAINST, **where))
    }


def _twice(facts: Facts) -> str:
    told = _("%(first)s (%(paid)s) and %(second)s (%(paid_2)s); %(sure)s.")
    return told % {
        "first": channel_name(facts["channel"]),
        "second": channel_name(facts["channel_b"]),
        "paid": money(rupiah(facts["paid"])),
        "paid_2": money(rupiah(facts["paid_2"])),
        "sure": certainty(facts["probability"]),
    }


def _codes(facts: Facts) -> str:
    rows = codes_told(facts)
    different = facts.get("different", len(rows))
    told = ngettext(
        "%(count)s code, of lines: %(lines)s. %(some)s",
        "%(count)s codes, of lines: %(lines)s. %(some)s",
        different,
    )
    shown = [f"{code} → {now}" if now else code for code, now, _n in rows[:SOME_CODES]]
    counts = {"count": number_format(different), "lines": number_format(facts["n"])}
    more = " …" if different > SOME_CODES else ""
    return told % {**counts, "some": ", ".join(shown) + more}


def codes_told(facts: Facts) -> list[tuple[str, str, int]]:
    """Return the codes of a finding that lists some: each, the one that took its place, its lines.

    Runs of former versions told one code of each finding, or codes alone.
    """
    if "moved_to" in facts:
        return [(facts["code"], facts["moved_to"], facts["n"])]
    listed = facts.get("codes")
    rows = listed if isinstance(listed, list) else []
    return [
        (row, "", 1) if isinstance(row, str) else (row["code"], row.get("moved_to") or "", row["n"])
        for row in rows
    ]


def _misnamed(facts: Facts) -> str:
    told = _("%(code)s means “%(official)s”, the plan writes “%(called)s”.")
    text = told % {name: facts[name] for name in ("code", "official", "called")}
    belongs = facts.get("belongs_to")
    return (
        text
        if not belongs
        else text + " " + _("That name belongs to %(code)s.") % {"code": belongs}
    )


def _foreign(facts: Facts) -> str:
    told = _("%(share)s%% of its codes, %(codes)s in all, are not in the loaded nomenclature.")
    return told % {"share": number_format(round(100 * facts["share"])), "codes": facts["codes"]}


def _units(facts: Facts) -> str:
    values = [(facts.get("target"), facts["unit"]), (facts.get("target_b"), facts["unit_b"])]
    shown = [f"{'' if n is None else exact(Decimal(str(n)))} {unit}".strip() for n, unit in values]
    return _("%(first)s against %(second)s.") % {"first": shown[0], "second": shown[1]}


def _repeated(facts: Facts) -> str:
    if facts.get("groups", 1) > 1:
        together = _("%(agency)s: %(groups)s groups of equal lines, %(size)s lines in all.")
        return together % {name: facts[name] for name in ("agency", "groups", "size")}
    told = _("%(size)s lines of %(each)s each.")
    return told % {"size": facts["size"], "each": money(rupiah(facts["each"]))}


def _small(facts: Facts) -> str:
    told = ngettext(
        "%(groups)s group of equal lines.", "%(groups)s groups of equal lines.", facts["groups"]
    )
    return told % {"groups": facts["groups"]}


def _veto(facts: Facts) -> str:
    why = VETOES.get(facts["veto"], facts["veto"])
    told = _("Would be %(sure)s, but: %(why)s.")
    return told % {"sure": certainty(facts["probability"]), "why": why}


TELLS: dict[str, Callable[[Facts], str]] = {
    "same_across": _pair, "same_name": _named, "same_in_plan": _pair, "some_apart": _some_apart,
    "many_alike": _pair,
    "part_of_same": _pair,
    "repeated": _repeated, "repeated_small": _small, "package_over_line": _packages,
    "package_without_budget": _packages,
    "agency_over_budget": _packages, "agency_without_budget": _unbudgeted,
    "other_side_missing": _border, "other_side_unseen": _border, "border_years_apart": _apart,
    "promise_without_money": _promise, "design_after_build": _order, "land_after_build": _order,
    "before_what_it_needs": _early, "units_differ": _units, "targets_differ": _units,
    "level_not_holder": _level, "code_of_other_level": _level, "names_other_level": _names_level,
    "level_required": _required, "channel_cannot_pay": _channel, "paid_twice": _twice,
    "code_moved": _codes, "code_unknown": _codes, "name_of_other_code": _misnamed,
    "other_nomenclature": _foreign, "told_apart": _veto,
}  # fmt: skip


def told(rule: str, facts: Facts) -> str:
    """Return what was found, with its figures."""
    text = TELLS[rule](facts) if rule in TELLS else ""
    return text[:1].upper() + text[1:]


def agreed(details: Facts, titles: Mapping[str, str]) -> list[str]:
    """Return the details of a decision in words.

    Parameters
    ----------
    details
        `FindingDecision.details`.
    titles
        Identity of each line of the finding to its title.
    """
    found = []
    if details.get("shares"):
        if details.get("cost"):
            found.append(_("Cost shared: %(cost)s") % {"cost": money(Decimal(details["cost"]))})
        found += _shares(details)
    if details.get("years"):
        years = dict.fromkeys(map(str, details["years"]))  # A single year is told once.
        found.append(_("New years: %(years)s") % {"years": "–".join(years)})
    if details.get("stays"):
        title = titles.get(details["stays"], details["stays"])
        found.append(_("Stays: %(title)s") % {"title": title})
    return found


def _shares(details: Facts) -> list[str]:
    """Return each share; per cent with their rupiah, of which the last is what the others leave."""
    per_cent, shares = bool(details.get("per_cent")), details["shares"]
    told = {code: share(value, per_cent=per_cent) for code, value in shares.items()}
    if per_cent and details.get("cost"):
        left = cost = Decimal(details["cost"])
        for place, (code, value) in enumerate(shares.items(), 1):
            part = (cost * Decimal(value) / 100).quantize(Decimal(1))
            part = left if place == len(shares) else part
            left -= part
            told[code] = f"{told[code]} ({money(part)})"
    return [f"{region_name(code)}: {text}" for code, text in told.items()]


DECIDED = {
    Outcome.ACCEPT: pgettext_lazy("decision", "accepted"),
    Outcome.MERGE: pgettext_lazy("decision", "merged"),
    Outcome.DISMISS: pgettext_lazy("decision", "dismissed"),
}
"""Outcomes in a word, before the details; of the others the details say what was decided."""


def decided(made: FindingDecision, finding: Finding) -> list[str]:
    """Return what was decided on a finding: the outcome in a word, and the details."""
    titles = {str(line.identity): line.said["title"] for line in finding.lines.all()}
    word = DECIDED.get(Outcome(made.outcome))
    return [*([str(word)] if word else []), *agreed(made.details, titles)]


def in_short(made: FindingDecision, finding: Finding) -> str:
    """Return what was decided on a finding in one line."""
    return "; ".join(decided(made, finding))


EVIDENCE = (
    ("text", pgettext_lazy("evidence", "Words")),
    ("where", pgettext_lazy("evidence", "Place")),
    ("year", pgettext_lazy("evidence", "Years")),
    ("code", pgettext_lazy("evidence", "Code")),
    ("amount", pgettext_lazy("evidence", "Amount")),
)


def evidence(facts: Facts) -> list[tuple[str, str]]:
    """Return each evidence of a pair separately: its name and how far it speaks for one work."""
    shown = []
    for name, label in EVIDENCE:
        if name in facts and "probability" in facts:
            value = facts[name]
            text = _("not known") if value is None else exact(Decimal(f"{value:.2f}"))
            shown.append((str(label), text))
    return shown
