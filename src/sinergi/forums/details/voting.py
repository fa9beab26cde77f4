"""What is asked in a ballot and how it is counted, and what of it cannot be."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sinergi.forums.details.values import LENGTHS, text_faults
from sinergi.forums.models import Ballot

MOST_OPTIONS, MOST_PLACES = 60, 60


@dataclass(frozen=True, slots=True)
class BallotDetails:
    """What is asked and how it is counted."""

    question: str
    method: str
    options: tuple[tuple[str, int | None], ...] = ()
    """Text and, where it is one, number of the theme."""
    places: int = 1
    secret: bool = False
    weighted: bool = False
    quorum_rule: str = "half"
    quorum: int = 50
    quorum_base: str = "invited"


def ballot_faults(details: BallotDetails) -> dict[str, str]:
    """Return what is wrong with a ballot."""
    faults = text_faults(details, "question", _("Write what is asked."))
    texts = [text for text, _theme in details.options]
    if details.method not in Ballot.Method.values:
        faults["method"] = _("Choose by which rule votes are counted.")
    if not 2 <= len(texts) <= MOST_OPTIONS:
        faults["options"] = _("Name between 2 and %(most)s options.") % {"most": MOST_OPTIONS}
    elif len(set(texts)) < len(texts):
        faults["options"] = _("Two options read the same.")
    elif any(len(text) > LENGTHS["option"] for text in texts):
        told = _("An option is too long: at most %(most)s characters.")
        faults["options"] = told % {"most": LENGTHS["option"]}
    if not 1 <= details.places <= min(MOST_PLACES, max(len(texts), 1)):
        faults["places"] = _("Choose at least one, and no more than there are options.")
    if not 0 <= details.quorum <= 100:
        faults["quorum"] = _("Write the quorum in percent, from 0 to 100.")
    if details.quorum_rule not in Ballot.QuorumRule.values:
        faults["quorum_rule"] = _("Choose how many must vote.")
    if details.quorum_base not in Ballot.QuorumBase.values:
        faults["quorum_base"] = _("Choose of whom the quorum is counted.")
    if details.secret and details.weighted:
        faults["weighted"] = _(
            "In a secret ballot every delegation has one vote: a weight of its own would tell whose it is."
        )
    return faults
