"""Agenda, who came, ballots and origins as plain text values, as pages and documents of minutes show them."""

from datetime import date, time
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sinergi.forums.documents.texts import pairs
from sinergi.forums.models import AgendaItem, Ballot
from sinergi.forums.quorum import quorum_name
from sinergi.forums.results import CERTAIN, OUT, TIED
from sinergi.forums.zones import short
from sinergi.reference.moments import CLOCKS, day


def proceedings(content: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    """Return what minutes of form 2 show besides what those of form 1 do."""
    offices = {one["name"]: one["offices"] for one in content["offices"]}
    present = [
        f"{name} ({'; '.join(offices[name])})" if offices.get(name) else name
        for name in content["checked_in"]
    ]
    return {
        "present": pairs(present),
        "agenda": [_item(one, content.get("zone", "")) for one in content["agenda"]],
        "ballots": [_ballot(one) for one in content["ballots"]],
        "words": {**words, **_words()},
    }


def _words() -> dict[str, str]:
    return {
        "agenda": _("Agenda:"),
        "annex": _("Annex: ballots"),
        "number_of_option": _("No."),
        "option": _("Option"),
        "rank": _("Rank"),
        "outcome": _("Outcome"),
        "cast": _("How the delegations voted, by the numbers of the options:"),
    }


def agenda_text(item: dict[str, str]) -> str:
    """Return an item of the agenda in one line."""
    told = _item(item)
    return f"{told['when']}: {told['what']}"


def _item(item: dict[str, str], zone: str = "") -> dict[str, str]:
    hours = "–".join(clock(item[name]) for name in ("begins", "ends") if item[name])
    if hours and zone:
        hours += f" {short(zone, date.fromisoformat(item['day']))}"
    when = ", ".join(filter(None, (day(date.fromisoformat(item["day"])), hours)))
    kind = item["kind"]
    label = str(AgendaItem.Kind(kind).label) if kind in AgendaItem.Kind.values else kind
    what = f"{item['title']} ({', '.join(filter(None, (label, item['place'])))})"
    return {"when": when, "what": what}


def clock(text: str) -> str:
    """Return a time of the day: Indonesian 09.30, English 09:30."""
    when = time.fromisoformat(text)
    hours = CLOCKS.get(get_language() or "id", CLOCKS["en"])[0]
    return f"{when:%H}{hours[1]}{when:%M}"


def standing_name(standing: str) -> str:
    """Return whether an option is among the chosen ones."""
    names = {CERTAIN: _("chosen"), TIED: _("tied at the border"), OUT: _("not chosen")}
    return names.get(standing, "")


def _ballot(ballot: dict[str, Any]) -> dict[str, Any]:
    ranked = any(one["place"] for one in ballot["options"])
    # Where too few voted, the order was counted and nothing was chosen.
    decides = bool(ballot["quorum_met"])
    return {
        "number": ballot["number"],
        "title": f"{ballot['number']}. {ballot['question']}",
        "facts": ballot_facts(ballot),
        "ranked": ranked,
        "counted": bool(ballot["counted"]),
        "options": [
            {
                "number": str(one["number"]),
                "text": one["text"],
                "place": one["place"] or "–",
                "standing": (decides and standing_name(one["standing"])) or "–",
            }
            for one in ballot["options"]
        ],
        "notes": ballot_notes(ballot),
        "cast": pairs([cast_text(one, weighted=ballot["weighted"]) for one in ballot["cast"]]),
    }


def ballot_facts(ballot: dict[str, Any]) -> list[str]:
    """Return how a ballot was held, one fact in a line."""
    method = ballot["method"]
    label = str(Ballot.Method(method).label) if method in Ballot.Method.values else method
    places = ngettext("%(n)s place", "%(n)s places", ballot["places"]) % {"n": ballot["places"]}
    kind = _("secret") if ballot["secret"] else _("open vote")
    how = [kind, *([_("weighted")] if ballot["weighted"] else [])]
    facts = [
        (_("Rule"), f"{label}, {places}; {', '.join(how)}"),
        (_("Votes"), _turnout(ballot)),
        (_("Closed"), day(date.fromisoformat(ballot["closed"])) if ballot["closed"] else ""),
    ]
    return [f"{name}: {value}" for name, value in facts if value]


def _turnout(ballot: dict[str, Any]) -> str:
    if ballot["rights"] is None:
        return ""
    told = _("%(votes)s of %(rights)s") % {"votes": ballot["votes"], "rights": ballot["rights"]}
    if ballot["weighted"]:
        weights = _("weight %(used)s of %(all)s")
        told += f", {weights % {'used': ballot['used_weight'], 'all': ballot['all_weight']}}"
    if "quorum_rule" in ballot:
        return f"{told}; {_quorum(ballot)}"
    # Sealed before a quorum had a rule and a base.
    quorum = {"quorum": ballot["quorum"]}
    met = _("the quorum of %(quorum)s%% was reached")
    missed = _("the quorum of %(quorum)s%% was not reached, so the ballot decides nothing")
    return f"{told}; {(met if ballot['quorum_met'] else missed) % quorum}"


def _quorum(ballot: dict[str, Any]) -> str:
    """Return the quorum, of how many it was counted, and whether it was reached."""
    rule = ballot["quorum_rule"]
    if rule == Ballot.QuorumRule.NONE:
        return _("without a quorum")
    name = quorum_name(rule, ballot["quorum"], ballot["quorum_base"])
    met = _("the quorum (%(quorum)s: %(members)s) was reached")
    missed = _(
        "the quorum (%(quorum)s: %(members)s) was not reached, so the ballot decides nothing"
    )
    told = met if ballot["quorum_met"] else missed
    return told % {"quorum": name, "members": ballot["members"]}


def ballot_notes(ballot: dict[str, Any]) -> list[str]:
    """Return what must be said of a result: ties, places nobody fills, blank votes, that it is not there."""
    if ballot["counted"] is None:
        return [_("The votes were still being counted.")]
    if not ballot["counted"]:
        return [_("Nobody voted, or every vote is blank: there is no order.")]
    notes = []
    if number := ballot["remaining"]:
        tied = [one["text"] for one in ballot["options"] if one["standing"] == TIED]
        told = ngettext("Tied for the last place:", "Tied for the last %(number)s places:", number)
        ends = _("The votes do not decide between them; the meeting does, by its own rules.")
        notes.append(f"{told % {'number': number}} {'; '.join(tied)}. {ends}")
    if number := ballot["unfilled"]:
        told = ngettext(
            "For %(number)s place nobody supports an option any more.",
            "For %(number)s places nobody supports an option any more.",
            number,
        )
        notes.append(told % {"number": number})
    if number := ballot["blank"]:
        told = ngettext("%(number)s vote is blank.", "%(number)s votes are blank.", number)
        notes.append(told % {"number": number})
    return notes


def cast_text(vote: dict[str, Any], *, weighted: bool) -> str:
    """Return a vote of an open ballot: the delegation, its weight, what it says."""
    name = f"{vote['name']} (×{vote['weight']})" if weighted else vote["name"]
    answer = vote["answer"] or _("blank")
    return f"{name}: {answer}"


def option_text(one: dict[str, Any]) -> str:
    """Return an option of a result in one line."""
    said = [one["place"] and _("rank %(place)s") % {"place": one["place"]}]
    told = ", ".join(filter(None, [*said, standing_name(one["standing"])]))
    return f"{one['number']}. {one['text']}" + (f": {told}" if told else "")


def origin_facts(point: dict[str, Any], content: dict[str, Any]) -> list[tuple[str, str]]:
    """Return who proposed a point and by which ballots it was decided."""
    decided = [decided_text(one, content) for one in point["ballots"]]
    return [
        (_("Proposed by"), "; ".join(point["proposers"])),
        (_("Put to the vote"), "; ".join(filter(None, decided))),
    ]


def decided_text(origin: dict[str, int], content: dict[str, Any]) -> str:
    """Return how a ballot decided on an option: which ballot, which rank, chosen or not."""
    ballots = {one["number"]: one for one in content["ballots"]}
    ballot = ballots.get(origin["ballot"])
    options = {one["number"]: one for one in ballot["options"]} if ballot else {}
    option = options.get(origin["option"])
    if ballot is None or option is None:
        return ""
    result = _undecided(ballot, content)
    if not result:
        rank = option["place"] and _("rank %(place)s") % {"place": option["place"]}
        result = ", ".join(filter(None, (rank, standing_name(option["standing"]))))
    told = _("ballot %(number)s, “%(option)s”")
    name = told % {"number": ballot["number"], "option": option["text"]}
    return f"{name}: {result}" if result else name


def _undecided(ballot: dict[str, Any], content: dict[str, Any]) -> str:
    """Return why a ballot decided on no option; empty when it did.

    Minutes without a zone were drawn up before ballots that were not counted said so: sealed ones stay.
    """
    told = "zone" in content
    if ballot["counted"] is None:
        return _("the votes were still being counted") if told else ""
    if not ballot["quorum_met"] and (ballot["counted"] or told):
        return _("the quorum was not reached")
    return _("nobody voted, or every vote is blank") if told and not ballot["counted"] else ""


def review_facts(point: dict[str, Any]) -> list[tuple[str, str]]:
    """Return when a point is looked at again."""
    review = point["review"]
    return [(_("Looked at again on"), day(date.fromisoformat(review)) if review else "")]
