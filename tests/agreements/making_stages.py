"""Facts of agreements for tests of the stages: what nobody has done yet, and everything done."""

from dataclasses import replace

from sinergi.agreements.facts import Facts, PartyFacts, task_key
from sinergi.agreements.rules import Stages
from sinergi.reference import queries as reference

FAMILIES = ("KSDD", "KSDPK", "KSDPL", "KSDLL", "SINERGI")
KINDS = frozenset({"kak", "offer", "answer", "kb", "pks", "nota"})
TEXTS = frozenset({"kb", "pks", "nota"})


def stages_of(family: str) -> Stages:
    """The stages of a family, as the pack has them."""
    return reference.agreement_stages(family)


def tasks_of(stages: Stages, scope: str) -> frozenset[str]:
    """The keys of all tasks of a scope."""
    return frozenset(
        task_key(one.code, task.code) for one in stages for task in one.tasks if task.scope == scope
    )


def nothing(count: int = 2) -> Facts:
    """Parties 1..n of whom nothing is known; the first makes the offer."""
    return Facts(parties={n: PartyFacts(offers=n == 1) for n in range(1, count + 1)})


def all_done(stages: Stages, count: int = 2) -> Facts:
    """The same parties, with everything done that any stage asks for."""
    everything = PartyFacts(
        done=tasks_of(stages, "party"),
        answer="yes",
        accepted=TEXTS,
        signed=TEXTS,
        given=frozenset({"dprd"}),
    )
    return Facts(
        parties={n: replace(everything, offers=n == 1) for n in range(1, count + 1)},
        done=tasks_of(stages, "all"),
        documents=KINDS,
        offer_sent=True,
        obligations=True,
        begins=True,
    )


def of_party(facts: Facts, party: int, **known: object) -> Facts:
    """The facts, with other facts of one party."""
    changed = replace(facts.parties[party], **known)
    return replace(facts, parties={**facts.parties, party: changed})


def of_all(facts: Facts, **known: object) -> Facts:
    """The facts, with other facts of every party."""
    for party in facts.parties:
        facts = of_party(facts, party, **known)
    return facts
