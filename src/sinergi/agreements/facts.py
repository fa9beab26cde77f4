"""What is known of an agreement and of its parties, as far as its stages ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

YES, NO, OPEN = "yes", "no", ""
NOBODY: frozenset[str] = frozenset()


def task_key(stage: str, code: str) -> str:
    """Return how facts name a task: `offer/answer_letter`."""
    return f"{stage}/{code}"


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """What is known of one party.

    Attributes
    ----------
    left
        It is a party no more.
    joined_later
        It came in after the others had begun: nobody but itself waits for its answers and signatures.
    done
        Keys of its tasks that are done, or that it does not need.
    offers
        It makes the offer, so that nobody waits for its answer.
    answer
        To the offer: `yes`, `no`, or empty while it is waited for.
    accepted, rejected, signed, refused
        Kinds of documents whose last text it accepted or did not, that it signed or refused to sign.
    unanswered
        It is not known yet whether it needs an approval.
    wanted, asked, given, denied
        Kinds of the approvals that it needs, by how far they are.
    """

    left: bool = False
    joined_later: bool = False
    done: frozenset[str] = NOBODY
    offers: bool = False
    answer: str = OPEN
    accepted: frozenset[str] = NOBODY
    rejected: frozenset[str] = NOBODY
    signed: frozenset[str] = NOBODY
    refused: frozenset[str] = NOBODY
    unanswered: bool = False
    wanted: frozenset[str] = NOBODY
    asked: frozenset[str] = NOBODY
    given: frozenset[str] = NOBODY
    denied: frozenset[str] = NOBODY

    @property
    def needs_approval(self) -> bool:
        """Whether it needs an approval, or may need one."""
        kinds = self.wanted | self.asked | self.given | self.denied
        return self.unanswered or bool(kinds)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an agreement.

    Attributes
    ----------
    parties
        By their number; those that left are among them.
    done
        Keys of the tasks of all that are done, or not needed.
    required_missing
        Codes of the rules that ask for a party which is not there.
    documents
        Kinds of documents that have a text.
    out_of_order
        Kinds of documents under which somebody signed before his turn.
    ended
        It lives no more: ended, refused or withdrawn.
    concluded
        Code of the stage in which it stood when a register told of it: what comes before is taken as done;
        empty where nothing is.
    """

    parties: Mapping[int, PartyFacts] = field(default_factory=dict)
    done: frozenset[str] = NOBODY
    required_missing: tuple[str, ...] = ()
    documents: frozenset[str] = NOBODY
    offer_sent: bool = False
    out_of_order: frozenset[str] = NOBODY
    obligations: bool = False
    begins: bool = False
    ended: bool = False
    concluded: str = ""

    @property
    def present(self) -> dict[int, PartyFacts]:
        """The parties that have not left."""
        return {number: one for number, one in self.parties.items() if not one.left}

    def signed_by_any(self, kind: str) -> bool:
        """Whether anybody signed a document of a kind, also one who left since."""
        return any(kind in one.signed for one in self.parties.values())
