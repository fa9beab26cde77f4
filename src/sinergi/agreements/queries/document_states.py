"""How far the documents of an agreement have come: accepted by whom, what contradicts, signed by how many."""

from collections import defaultdict
from dataclasses import dataclass

from sinergi.agreements.documents.checking import contradictions
from sinergi.agreements.documents.data import DocumentData
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
    answers, signed = _answers(counting), _signed(rows, counting)
    parties, data = reading.parties(agreement), data_of(agreement)
    found = []
    for row in reversed(rows):
        last = counting.get(row.pk)
        if last is None:
            continue
        row.agreement = agreement
        said, asks = answers[last.pk], row.kind in WITH_ACCEPTANCE
        signers = [one for one in parties if row.party_id in (None, one.pk)]
        accepted, rejected, silent = (
            tuple(one.name for one in signers if asks and said.get(one.pk) is answer)
            for answer in (True, False, None)
        )
        against = 0 if row.signed_version else _against(last, data)
        many = sum(one.pk in signed[row.pk] for one in signers)
        found.append(
            State(row, last.number, asks, accepted, rejected, silent, against, many, len(signers))
        )
    return found


def _answers(counting: dict[int, DocumentVersion]) -> dict[int, dict[int, bool]]:
    """Return who answered each version that counts, and how."""
    found: dict[int, dict[int, bool]] = defaultdict(dict)
    rows = Acceptance.objects.filter(version__in=counting.values())
    for number, party, accepted in rows.values_list("version", "party", "accepted"):
        found[number][party] = accepted
    return found


def _signed(rows: list[Document], counting: dict[int, DocumentVersion]) -> dict[int, set[int]]:
    """Return who signed the version of each document that counts."""
    found: dict[int, set[int]] = defaultdict(set)
    there = Signature.objects.filter(document__in=rows, state=SigningState.SIGNED)
    for document, number, party in there.values_list("document", "version", "party"):
        if document in counting and counting[document].number == number:
            found[document].add(party)
    return found


def _counting(rows: list[Document]) -> dict[int, DocumentVersion]:
    """Return the version of each document that counts: the signed one, or the last."""
    wanted = {row.pk: row.signed_version for row in rows}
    found: dict[int, DocumentVersion] = {}
    for one in DocumentVersion.objects.filter(document__in=rows).order_by("number"):
        if wanted[one.document_id] in (None, one.number):
            found[one.document_id] = one
    return found


def _against(version: DocumentVersion, data: DocumentData) -> int:
    values = with_late(version.values.get("values", {}), data)
    clauses, _missing = filled_clauses(version.clauses, values)
    return len(contradictions(clauses, data))
