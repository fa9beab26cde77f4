"""The texts of agreements that count: the version of each document, who accepted and who signed it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sinergi.agreements.models import (
    Acceptance,
    Document,
    DocumentKind,
    DocumentVersion,
    Signature,
    SigningState,
)


@dataclass(frozen=True, slots=True)
class Text:
    """The version of a document that counts: the signed one, or the last.

    Attributes
    ----------
    answers
        Number of a party to whether it accepts.
    states
        Number of a party to how far its signature is; `places` to its place in the order.
    """

    document: Document
    number: int
    answers: Mapping[int, bool] = field(default_factory=dict)
    states: Mapping[int, str] = field(default_factory=dict)
    places: Mapping[int, int] = field(default_factory=dict)

    @property
    def signed(self) -> frozenset[int]:
        """Who signed."""
        return frozenset(who for who, state in self.states.items() if state == SigningState.SIGNED)

    @property
    def refused(self) -> frozenset[int]:
        """Who refused to sign."""
        return frozenset(who for who, state in self.states.items() if state == SigningState.REFUSED)

    @property
    def in_order(self) -> bool:
        """Whether nobody signed before somebody who comes before him."""
        signed = self.signed
        waiting = [self.places[who] for who in self.places if who not in signed]
        return not any(self.places[who] > place for who in signed for place in waiting)

    @property
    def rank(self) -> tuple[int, int, int]:
        """How far it has come: of several documents of a kind the furthest counts."""
        return len(self.signed), sum(self.answers.values()), self.document.pk


def texts_of(numbers: list[int]) -> dict[int, list[Text]]:
    """Return the documents of agreements, each with the version that counts."""
    documents = list(Document.objects.filter(agreement__in=numbers, removed_at=None))
    versions: dict[int, dict[int, int]] = defaultdict(dict)
    rows = DocumentVersion.objects.filter(document__in=documents).values_list(
        "document", "number", "pk"
    )
    for document, number, pk in rows:
        versions[document][number] = pk
    counting = {one.pk: one.signed_version or max(versions[one.pk], default=0) for one in documents}
    answers: dict[int, dict[int, bool]] = defaultdict(dict)
    wanted = [versions[pk].get(number) for pk, number in counting.items()]
    for version, party, accepted in Acceptance.objects.filter(version__in=wanted).values_list(
        "version", "party", "accepted"
    ):
        answers[version][party] = accepted
    signatures: dict[int, list[Signature]] = defaultdict(list)
    for signature in Signature.objects.filter(document__in=documents):
        if signature.version == counting[signature.document_id]:
            signatures[signature.document_id].append(signature)
    found: dict[int, list[Text]] = defaultdict(list)
    for one in documents:
        number, rows_of = counting[one.pk], signatures[one.pk]
        found[one.agreement_id].append(
            Text(
                one,
                number,
                answers.get(versions[one.pk].get(number, 0), {}),
                {row.party_id: row.state for row in rows_of},
                {row.party_id: row.place for row in rows_of},
            )
        )
    return found


def furthest(texts: Iterable[Text], kind: str) -> Text | None:
    """Return the document of a kind that has come furthest."""
    return max((one for one in texts if one.document.kind == kind), key=_rank, default=None)


def _rank(text: Text) -> tuple[int, int, int]:
    return text.rank


def offer_day(texts: Iterable[Text]) -> date | None:
    """Return the day of the letter of offer."""
    letters = [one.document for one in texts if one.document.kind == DocumentKind.OFFER]
    return next((one.dated for one in letters if one.dated is not None), None)
