"""Answers about funding in the words of the reader: verdicts, reasons, demands, ceilings."""

import re
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from sinergi.programs.funding.answers import ChannelAnswer, May, Window
from sinergi.programs.funding.conditions import Reason, Verdict
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import FundingRule, Named

MAY = {
    May.YES: pgettext_lazy("of a funding channel", "could pay"),
    May.DEPENDS: pgettext_lazy("of a funding channel", "it depends"),
    May.NOT_KNOWN: pgettext_lazy("of a funding channel", "not known"),
    May.NO: pgettext_lazy("of a funding channel", "could not pay"),
}
VERDICT = {
    Verdict.AGAINST: gettext_lazy("speaks against it"),
    Verdict.UNKNOWN: gettext_lazy("not known of the line"),
    Verdict.OPEN: gettext_lazy("still to be shown"),
    Verdict.FOR: gettext_lazy("speaks for it"),
}
LEVELS = {
    "PUSAT": gettext_lazy("the centre"),
    "PROVINSI": gettext_lazy("a province"),
    "KABKOTA": gettext_lazy("a regency or city"),
}
WHAT = {
    "land": gettext_lazy("land"),
    "design": gettext_lazy("design"),
    "permits": gettext_lazy("permits"),
}
TEXTS = {
    "recipient": gettext_lazy("It goes to: %(values)s."),
    "authority": gettext_lazy("It pays for what is under the authority of: %(values)s."),
    "affair": gettext_lazy("It is limited to the affairs: %(values)s."),
    "only_physical": gettext_lazy("It pays for physical works only."),
    "only_non_physical": gettext_lazy("It pays for non-physical work only."),
    "not_for_cooperation": gettext_lazy("It cannot be used for cooperation between regions."),
    "other_object": gettext_lazy(
        "The catalogue does not name it for this cooperation object, but: %(values)s."
    ),
    "is_ready": gettext_lazy("Ready, as is asked: %(values)s."),
    "not_ready": gettext_lazy("Not ready yet, and asked for: %(values)s."),
    "readiness_unknown": gettext_lazy(
        "Asked for, and the line does not say how far it is: %(values)s."
    ),
    "menu_without_year": gettext_lazy("It has a menu each year; the year is not given."),
    "menu_not_loaded": gettext_lazy("The menu of %(values)s is not loaded in this installation."),
    "menu_without_code": gettext_lazy(
        "It has a menu; without an activity code nothing can be looked up."
    ),
    "in_menu": gettext_lazy("It is in the menu of %(values)s that was loaded."),
    "not_in_menu": gettext_lazy("It is not in the menu of %(values)s that was loaded."),
    "pays_twice": gettext_lazy(
        "Another channel pays already that must not pay for the same: %(values)s."
    ),
    "over_ceiling": gettext_lazy("The amount is above the ceiling."),
}
"""Of reasons that have a sentence of their own; the others are told in the words of their rule."""
SOURCES = {
    "funding_channels.csv": gettext_lazy("channels of the country pack"),
    "objects.csv": gettext_lazy("catalogue of the country pack"),
    "source-of-funds code list": gettext_lazy("list of codes of sources of funds"),
    "knowledge": "",
    "expert default": "",
}
"""Files of the pack in words; what its provenance says already is not said twice."""
MARKS = re.compile(r"^(?:knowledge|types?|existence): ?")
"""How far a source goes, which `provenance` says in words."""
INTERNAL = re.compile(r"^(?:domain brief\b|S\d+\u2013S\d+$)")
OWN_NUMBER = re.compile(r"^S\d+ ")
KINDS = {
    "document": gettext_lazy("Document"),
    "proposal": gettext_lazy("Proposal"),
    "no_proposal": gettext_lazy("No proposal"),
    "note": gettext_lazy("Note"),
}


def text_of(rule: FundingRule | Reason) -> str:
    """Return the words of a rule in the language of the reader."""
    return rule.text_en if (get_language() or "id").startswith("en") else rule.text_id


def told(reason: Reason) -> str:
    """Return what a condition says."""
    sentence = TEXTS.get(reason.code)
    if sentence is None:
        text = text_of(reason)
        return f"{text[:1].upper()}{text[1:]}."
    return str(sentence) % {"values": ", ".join(map(_value, reason.values))}


def _value(code: str) -> str:
    if code in LEVELS:
        return str(LEVELS[code])
    if code in WHAT:
        return str(WHAT[code])
    affair = reference.affairs().get(code)
    if affair:
        return f"{code} {affair.name(get_language() or 'id')}"
    return channel_name(code)


def channel_name(code: str) -> str:
    """Return the name of a channel; a code that the pack does not know as it is written."""
    channel = reference.funding_channels().get(code)
    return channel.name(get_language() or "id") if channel else code


def channels_named(rules: tuple[FundingRule, ...]) -> str:
    """Return the names of all channels that rules name, each once."""
    codes = dict.fromkeys(code for rule in rules for code in rule.values)
    return ", ".join(map(channel_name, codes))


def window_told(window: Window) -> str:
    """Return about when proposals are taken; never as a date of law."""
    months = [date_format(day, "F Y") for day in (window.first, window.last)]
    text = _("about %(first)s to %(last)s") % {"first": months[0], "last": months[1]}
    return f"{text} ({basis(window.rule)})"


def ceiling_told(rule: FundingRule) -> str:
    """Return a ceiling with its year and source."""
    return f"{_ceiling(rule)} ({basis(rule)})"


def _ceiling(rule: FundingRule) -> str:
    if rule.amount is not None:
        return _("Rp %(amount)s – %(what)s") % {
            "amount": number(Decimal(rule.amount)),
            "what": text_of(rule),
        }
    if rule.share:
        share = f"{(Decimal(rule.share) * 100).normalize():f}"
        return f"{share}% – {text_of(rule)}"
    return text_of(rule)


def basis(rule: FundingRule | Reason) -> str:
    """Return the year that a rule is given for, its source, and how it is known."""
    always = "" if isinstance(rule, Reason) else _("every year")
    year = always if rule.year is None else str(rule.year)
    parts = (year, source_told(rule.source), provenance(rule.provenance))
    return "; ".join(part for part in parts if part)


def source_told(written: str) -> str:
    """Return a source in the words of the reader, without what only the makers of the pack understand."""
    if written in SOURCES:
        return str(SOURCES[written])
    source = OWN_NUMBER.sub("", MARKS.sub("", written.partition(";")[0]))
    if INTERNAL.match(source):
        return _("notes of the country pack")
    teller, on, law = source.partition(" on ")
    source = _("%(source)s on %(law)s") % {"source": teller, "law": law} if on else source
    return source.replace("Art.", _("Art."))


def provenance(written: str) -> str:
    """Return how something is known, with what is asked of the reader."""
    if written.startswith("expert default"):
        return _("expert default; verify")
    if "verify" in written or written.startswith("knowledge"):
        return _("from knowledge; verify")
    if written == "mixed" or "knowledge" in written:
        return _("partly sourced; verify")
    return _("sourced")


def why(answer: ChannelAnswer) -> str:
    """Return why a channel does not simply pay, as a sentence or several; empty where every condition holds.

    What cannot be is told by what speaks against it alone; what is not known by what is missing alone.
    """
    deciding = {
        May.NO: Verdict.AGAINST, May.NOT_KNOWN: Verdict.UNKNOWN, May.DEPENDS: Verdict.OPEN,
    }  # fmt: skip
    if answer.may not in deciding:
        return ""
    return " ".join(dict.fromkeys(map(told_open, answer.of(deciding[answer.may]))))


def told_open(reason: Reason) -> str:
    """Return what a condition says, and that the line does not tell it where that is so."""
    if reason.verdict is Verdict.UNKNOWN:
        return _("Not known of the line: %(what)s") % {"what": told(reason)}
    return told(reason)


def best(answers: list[ChannelAnswer]) -> list[ChannelAnswer]:
    """Return the channels that could pay or of which it depends."""
    return [one for one in answers if one.may in (May.YES, May.DEPENDS)]


def named(thing: Named) -> str:
    """Return the name of an affair or channel in the language of the reader."""
    return thing.name(get_language() or "id")


def number(value: Decimal) -> str:
    """Return an amount with the separators of the reader's language, cents only where there are any."""
    places = 0 if value == value.to_integral_value() else 2
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
