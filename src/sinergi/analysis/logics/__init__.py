"""The nine partner logics: which regions fit each other for an object, and how well."""

from sinergi.analysis.logics import (
    adjacent,
    cluster,
    complementary,
    corridor,
    hub_spoke,
    migration_link,
    network,
    peer,
    watershed,
)
from sinergi.analysis.logics.base import Arcs, Field, Logic, Margin, link_scores

LOGICS: dict[str, Logic] = {
    logic.name: logic
    for logic in (
        Logic("ADJACENT", adjacent.fit, "mesh", "neighbour", "neighbour"),
        Logic("HUB_SPOKE", hub_spoke.fit, "star", "host", "spoke"),
        Logic("COMPLEMENTARY", complementary.fit, "star", "supplier", "buyer"),
        Logic("PEER", peer.fit, "star", "mentor", "learner"),
        Logic("WATERSHED", watershed.fit, "star", "upstream", "downstream"),
        Logic("CLUSTER", cluster.fit, "mesh", "member", "member"),
        Logic("NETWORK", network.fit, "mesh", "member", "member"),
        Logic("CORRIDOR", corridor.fit, "chain", "stop", "stop"),
        Logic("MIGRATION_LINK", migration_link.fit, "star", "origin", "destination"),
    )
}

__all__ = ["LOGICS", "Arcs", "Field", "Logic", "Margin", "link_scores"]
