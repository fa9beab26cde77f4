"""What is missing in a stage, where it can be mended, and why a stage is passed over, in words."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from sinergi.agreements.guards import Lack
from sinergi.agreements.models import DocumentKind
from sinergi.agreements.queries.stages import Known
from sinergi.agreements.rules import NO_APPROVAL
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import Named

LACKS: dict[str, Any] = {
    "task_open": gettext_lazy("Not done: %(task)s."),
    "document_missing": gettext_lazy("There is no text yet: %(about)s."),
    "parties_missing": gettext_lazy("A cooperation has two parties at least."),
    "required_party_missing": gettext_lazy("A party is missing that a rule asks for: %(about)s."),
    "offer_not_sent": gettext_lazy(
        "The letter of offer has no date: write it there, or mark the task as done."
    ),
    "offer_unanswered": gettext_lazy("%(party)s has not answered the offer."),
    "offer_declined": gettext_lazy("%(party)s declined the offer."),
    "text_not_accepted": gettext_lazy("%(party)s has not accepted the last text: %(about)s."),
    "text_rejected": gettext_lazy("%(party)s did not accept the last text: %(about)s."),
    "signature_missing": gettext_lazy("%(party)s has not signed: %(about)s."),
    "signature_refused": gettext_lazy("%(party)s refused to sign: %(about)s."),
    "signed_out_of_order": gettext_lazy("Somebody signed before his turn: %(about)s."),
    "approval_unanswered": gettext_lazy(
        "%(party)s has not said whether the plan burdens the people and whether its money is in the budget: "
        "whether its council must approve is not known."
    ),
    "approval_not_asked": gettext_lazy("%(party)s has not asked for it: %(about)s."),
    "approval_waited_for": gettext_lazy("%(party)s waits for it: %(about)s."),
    "approval_refused": gettext_lazy("It was refused to %(party)s: %(about)s."),
    "obligations_missing": gettext_lazy("No obligation is written."),
    "beginning_unknown": gettext_lazy("The day from which it holds is not set."),
    "party_left": gettext_lazy("This party has left the agreement."),
    "agreement_ended": gettext_lazy("The agreement has ended."),
    "last_stage": gettext_lazy("This is the last stage."),
    "first_stage": gettext_lazy("This is the first stage."),
    "already_signed": gettext_lazy(
        "Something was signed since: nobody goes back over a signature."
    ),
}
"""Text of each lack; `party`, `about` and `task` are named in it where they matter."""
WAYS_OUT: dict[str, Any] = {
    "offer_declined": gettext_lazy(
        "The party may answer anew or leave the agreement; otherwise the agreement ends."
    ),
    "text_rejected": gettext_lazy(
        "Write another version, or go back a stage; otherwise the agreement ends."
    ),
    "signature_refused": gettext_lazy(
        "Go back a stage and change the text, or the party leaves; otherwise the agreement ends."
    ),
    "approval_refused": gettext_lazy(
        "Ask anew, go back a stage and change the plan, or the party leaves; otherwise the agreement ends."
    ),
}
"""What can still be done after somebody said no."""
REASONS: dict[str, Any] = {
    NO_APPROVAL: gettext_lazy(
        "passed over: no approval is needed, as the plan does not burden people and its money is in the "
        "budget, or as this party has no council"
    ),
}
PAGES: dict[str, str] = {
    "parties": "agreements:parties",
    "documents": "agreements:documents",
    "signing": "agreements:documents",
    "obligations": "agreements:obligations",
    "agreement": "agreements:agreement-edit",
    "approvals": "agreements:stages",
    "tasks": "agreements:stages",
    "offer": "agreements:stages",
}
"""Name of the page where something can be mended, by the place of the lack."""


def named(thing: Named) -> str:
    """Return a name of the pack in the language of the page."""
    return thing.name(get_language() or "id")


def stage_name(known: Known, code: str) -> str:
    """Return the name of a stage; a code that the family does not have stays."""
    return next((named(one) for one in known.stages if one.code == code), code)


def task_name(known: Known, stage: str, code: str) -> str:
    """Return what a task is called, by the pack or by people."""
    for one in known.stages:
        for task in one.tasks if one.code == stage else ():
            if task.code == code:
                return named(task)
    own = (one.title for one in known.tasks if (one.stage, one.code) == (stage, code))
    return next((title for title in own if title), code)


def term_name(kind: str, code: str) -> str:
    """Return a term of the pack, such as an approval; a code that it does not have stays."""
    found = reference.agreement_terms(kind).get(code)
    return named(found) if found is not None else code


def _about(lack: Lack) -> str:
    if lack.place == "approvals":
        return term_name("approval_kind", lack.about)
    if lack.code == "required_party_missing":
        return term_name("required_by", lack.about)
    kinds = dict(DocumentKind.choices)
    return str(kinds.get(lack.about, lack.about))


def lack_text(known: Known, lack: Lack) -> str:
    """Return what is missing."""
    party = known.party(lack.party)
    return str(LACKS[lack.code]) % {
        "party": party.name if party is not None else _("who keeps the agreement"),
        "about": _about(lack),
        "task": task_name(known, lack.stage, lack.task) if lack.task else "",
    }


def way_out(lack: Lack) -> str:
    """Return what can still be done after somebody said no; empty otherwise."""
    return str(WAYS_OUT.get(lack.code, ""))


def place_of(known: Known, lack: Lack) -> str:
    """Return the address where something can be mended; empty where it has none."""
    if lack.code == "approval_unanswered":
        return _url("agreements:parties", known)
    url = _url(PAGES[lack.place], known) if lack.place else ""
    if lack.place == "tasks":
        return f"{url}#tahap-{lack.stage}"
    if lack.place == "offer":
        return f"{url}#pihak-{lack.party}"
    return f"{url}#persetujuan" if lack.place == "approvals" else url


def _url(name: str, known: Known) -> str:
    try:
        return reverse(name, args=[known.agreement.pk])
    except NoReverseMatch:
        return ""


def skipped_text(reason: str) -> str:
    """Return why a stage is passed over."""
    return str(REASONS[reason])
