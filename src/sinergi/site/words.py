"""Official words for the codes that appear on screen: parts, roles, logics, levels, flags."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PART_LABELS = {
    "need": _("Need"),
    "strength": _("Strength"),
    "proximity": _("Proximity"),
    "gain": _("Joint gain"),
}
ROLE_LABELS = {
    "host": pgettext_lazy("role", "host"),
    "spoke": pgettext_lazy("role", "served region"),
    "supplier": pgettext_lazy("role", "supplier"),
    "buyer": pgettext_lazy("role", "buyer"),
    "mentor": pgettext_lazy("role", "mentor"),
    "learner": pgettext_lazy("role", "learner"),
    "neighbour": pgettext_lazy("role", "neighbour"),
    "member": pgettext_lazy("role", "member"),
    "stop": pgettext_lazy("role", "stop on the route"),
    "upstream": pgettext_lazy("role", "upstream"),
    "downstream": pgettext_lazy("role", "downstream"),
}
LOGIC_LABELS = {
    "ADJACENT": _("Neighbours that share a border"),
    "HUB_SPOKE": _("Centre that serves its surroundings"),
    "COMPLEMENTARY": _("Surplus meets shortage"),
    "PEER": _("Peers that learn from each other"),
    "WATERSHED": _("One watershed"),
    "CLUSTER": _("Cluster around the same strength"),
    "NETWORK": _("Network across the nation"),
    "CORRIDOR": _("Corridor along a route"),
    "MIGRATION_LINK": _("Linked by migration"),
}


def part_label(code: str) -> str:
    """Return the name of a part of the score; the code itself when it is new."""
    return str(PART_LABELS.get(code, code))


def role_label(code: str) -> str:
    """Return the name of a member's role; the code itself when it is new."""
    return str(ROLE_LABELS.get(code, code))


def logic_label(code: str) -> str:
    """Return the name of a partner logic; the code itself when it is new."""
    return str(LOGIC_LABELS.get(code, code))
