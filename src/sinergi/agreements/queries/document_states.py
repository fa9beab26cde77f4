"""How far the documents of an agreement have come: accepted by whom, what contradicts, signed by how many."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sinergi.agreements.documents.checking import contradictions
from sinergi.agreements.documents.rendering import filled_clauses, with_late
from sinergi.agreements.models import (
    Acceptance,
    Agreement,
    Document,
    DocumentVersion,
    Signature,
    SigningState,
)
from sinergi.agreements.queries import reading
from sinergi.agreements.queries.documents import data_of, documents
from sinergi.agreements.signing.order import WITH_ACCEPTANCE


@dataclass(frozen=True, slots=True)
class State:
    """How far a document has come.

    Attributes
    ----------
    asks
        Whether the parties accept its text: letters are of one alone.
    accepted, rejected, silent
        Names of the parties that accept the version that counts, do not, or did not answer.
    against
        How many places of its text contradict the data; of a signed one none are counted.
    signed, signers
        How many signed, of how many.
    """

    document: Document
    number: int
    asks: bool
    accepted: tuple[str, ...]
    rejected: tuple[str, ...]
    silent: tuple[str, ...]
    against: int
    signed: int
    signers: int


def states(agreement: Agreement) -> list[State]:
    """Return the documents of an agreement, the one begun last first."""
    rows = documents(agreement)
    if not rows:
        return []
    counting = _counting(rows)
    parties = reading.parties(agreement)
    answers: dict[int, dict[int, bool]] = defaultdict(dict)
    told = Acceptance.objects.filter(version__in=counting.values())
    for version, party, accepted in told.values_list("version", "party", "accepted"):
        answers[version][party] = accepted
    signed: dict[int, set[int]] = defaultdict(set)
    signatures = Signature.objects.filter(document__in=rows, state=SigningState.SIGNED)
    for one in signatures.values_list("document", "version", "party"):
        if one[0] in counting and counting[one[0]].number == one[1]:
            signed[one[0]].add(one[2])
    data = data_of(agreement)
    found = []
    for row in reversed(rows):
        version = counting.get(row.pk)
        if version is None:
            continue
        row.agreement = agreement
        said = answers[version.pk]
        signers = [one for one in parties if row.party_id in (None, one.pk)]
        asks = row.kind in WITH_ACCEPTANCE
        names = {
            answer: tuple(one.name for one in signers if asks and said.get(one.pk) is answer)
            for answer in (True, False, None)
        }
        found.append(
            State(
                row,
                version.number,
                asks,
                names[True],
                names[False],
                names[None],
                0 if row.signed_version else _against(version, data),
                sum(one.pk in signed[row.pk] for one in signers),
                len(signers),
            )
        )
    return found


def _counting(rows: list[Document]) -> dict[int, DocumentVersion]:
    """Return the version of each document that counts: the signed one, or the last."""
    wanted = {row.pk: row.signed_version for row in rows}
    found: dict[int, DocumentVersion] = {}
    for one in DocumentVersion.objects.filter(document__in=rows).order_by("number"):
        if wanted[one.document_id] in (None, one.number):
            found[one.document_id] = one
    return found


def _against(version: DocumentVersion, data: Any) -> int:
    values = with_late(version.values.get("values", {}), data)
    clauses, _missing = filled_clauses(version.clauses, values)
    return len(contradictions(clauses, data))
