"""What is known of the signing of a document: who signs, in which order, what stands against it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergi.agreements import errors
from sinergi.agreements.models import (
    Acceptance,
    Agreement,
    Document,
    DocumentVersion,
    Party,
    Signature,
)
from sinergi.agreements.queries import reading
from sinergi.agreements.queries.stages import known_of
from sinergi.agreements.signing.order import (
    WITH_ACCEPTANCE,
    Hindrance,
    Signer,
    Signing,
    asks_approvals,
    hindrances,
)

HINDRANCES = {
    "no_signer": gettext_lazy("This party does not sign this document."),
    "done": gettext_lazy("All have signed this document."),
    "signed": gettext_lazy("It has signed already."),
    "refused": gettext_lazy("These refused to sign: %(who)s."),
    "not_accepted": gettext_lazy("These have not accepted this version yet: %(who)s."),
    "rejected": gettext_lazy("These do not accept this version: %(who)s."),
    "approval": gettext_lazy("Approvals that it needs are not there yet: %(who)s."),
    "before": gettext_lazy("These sign before it: %(who)s."),
}


@dataclass(frozen=True, slots=True)
class Known:
    """A document with everything that its signing asks for; `rows` by party."""

    document: Document
    version: DocumentVersion
    parties: list[Party]
    rows: dict[int, Signature]
    signing: Signing

    def told(self, one: Hindrance) -> str:
        """Return a hindrance in words."""
        names = {party.pk: party.name for party in self.parties}
        who = ", ".join(names[number] for number in one.parties)
        return str(HINDRANCES[one.code]) % {"who": who}

    def against(self, party: int) -> list[str]:
        """Return what stands against the signature of a party now, in words."""
        return [self.told(one) for one in hindrances(self.signing, party)]


def signing_of(agreement: Agreement, document_id: int) -> Known:
    """Return what is known of the signing of a document: of the signed version, or the last.

    Raises
    ------
    NotFoundError
        Also when it has no text yet.
    """
    rows = Document.objects.filter(agreement=agreement, removed_at=None)
    document = rows.filter(pk=document_id).first()
    if document is None:
        raise errors.not_found(_("The document"))
    document.agreement = agreement
    wanted = {"number": document.signed_version} if document.signed_version else {}
    version = DocumentVersion.objects.filter(document=document, **wanted).first()
    if version is None:
        raise errors.not_found(_("The text of the document"))
    there = reading.parties(agreement)
    signing_parties = [one for one in there if document.party_id in (None, one.pk)]
    held = Signature.objects.filter(document=document, version=version.number)
    held = held.select_related("power", "attachment")
    signatures = {one.party_id: one for one in held}
    return Known(
        document,
        version,
        signing_parties,
        signatures,
        _signing(agreement, document, version, signing_parties, signatures),
    )


def _signing(
    agreement: Agreement,
    document: Document,
    version: DocumentVersion,
    parties: list[Party],
    rows: dict[int, Signature],
) -> Signing:
    answers = dict(Acceptance.objects.filter(version=version).values_list("party_id", "accepted"))
    known = known_of(agreement)
    signers = []
    for party in parties:
        row = rows.get(party.pk)
        facts = known.facts.parties[party.pk]
        lacking = sorted(facts.wanted | facts.asked | facts.denied)
        lacking += ["open"] if facts.unanswered else []
        signers.append(
            Signer(
                party.pk,
                row.place if row else 1,
                row.state if row else "waiting",
                answers.get(party.pk),
                tuple(lacking),
            )
        )
    written_later = agreement.is_told_later
    return Signing(
        tuple(signers),
        asks_acceptance=document.kind in WITH_ACCEPTANCE and not written_later,
        asks_approvals=asks_approvals(known.stages, document.kind) and not written_later,
        signed=document.signed_version is not None,
    )
