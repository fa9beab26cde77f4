"""Says in one sentence what an opportunity is, as a regional secretary would."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergi.opportunities.results import Opportunity

NAMED = 3
"""Members that a sentence names; the others are counted."""


def headline(shown: Opportunity) -> str:
    """Return the sentence for an opportunity, by the logic with which its partners fit."""
    first, others = shown.members[0], shown.members[1:]
    return str(_pattern(shown.logic)) % {
        "host": first.name,
        "others": joined([member.name for member in others]),
        "members": joined([member.name for member in shown.members]),
        "object": in_sentence(shown.object.name(get_language() or "id")),
    }


def _pattern(logic: str) -> str:
    patterns = {
        "HUB_SPOKE": _("%(host)s could host %(object)s for %(others)s"),
        "ADJACENT": _("%(members)s could work together across their borders on %(object)s"),
        "COMPLEMENTARY": _("%(host)s could supply what %(others)s lack: %(object)s"),
        "PEER": _("%(others)s could learn from %(host)s: %(object)s"),
        "WATERSHED": _("%(host)s upstream and %(others)s downstream could share %(object)s"),
        "CLUSTER": _("%(members)s together could reach the scale for %(object)s"),
        "NETWORK": _("%(members)s could join one network: %(object)s"),
        "CORRIDOR": _("%(members)s lie on one route and could offer together: %(object)s"),
        "MIGRATION_LINK": _("%(host)s and %(others)s could arrange together: %(object)s"),
    }
    return patterns.get(logic, _("%(members)s could work together on %(object)s"))


def joined(names: list[str]) -> str:
    """Return `A`, `A and B`, `A, B and C` or `A, B and 4 other regions`."""
    if len(names) > NAMED:
        rest = len(names) - NAMED + 1
        first = ", ".join(names[: NAMED - 1])
        return _("%(names)s and %(count)s other regions") % {"names": first, "count": rest}
    if len(names) == 1:
        return names[0]
    pair = {"names": ", ".join(names[:-1]), "last": names[-1]}
    if len(names) == 2:
        return _("%(names)s and %(last)s") % pair
    return _("%(names)s, and %(last)s") % pair


def in_sentence(name: str) -> str:
    """Return the name of an object as it stands inside a sentence; abbreviations keep their capitals."""
    head = name.split(" ", 1)[0]
    proper = sum(letter.isupper() for letter in head) > 1 or head.startswith("Trans-")
    return name if proper else name[:1].lower() + name[1:]
