"""Words of the shell's own pages: what the partner logics are called."""

from django.utils.translation import gettext_lazy as _

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
