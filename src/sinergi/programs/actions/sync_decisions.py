"""Decisions on findings: accept, merge, share the cost, re-time, dismiss, reopen; they change no line."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ConflictError
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import printable
from sinergi.programs import errors
from sinergi.programs.actions.rows import refuse
from sinergi.programs.actions.sync import held_run, long_texts
from sinergi.programs.models import Finding, FindingDecision, FindingKind, Outcome, SyncRun
from sinergi.programs.queries.sync import decisions, findings
from sinergi.programs.queries.sync_earlier import about
from sinergi.programs.queries.sync_same_lines import beside, of_finding, opposed
from sinergi.programs.synchronise.telling import in_short
from sinergi.programs.synchronise.words import rule_name, share
from sinergi.programs.templatetags.programs import rupiah

NOTES = (FindingKind.LOOK_ALIKE, FindingKind.UNSEEN)
MERGED = frozenset(
    {"same_across", "same_name", "same_in_plan", "repeated", "part_of_same", "paid_twice"}
)
SHARED = frozenset(
    {"same_across", "same_name", "part_of_same", "other_side_missing", "promise_without_money",
     "border_years_apart", "before_what_it_needs", "units_differ", "targets_differ", "level_required",
     "paid_twice"}
)  # fmt: skip
RETIMED = frozenset(
    {"same_across", "same_name", "same_in_plan", "part_of_same", "other_side_missing",
     "promise_without_money", "design_after_build", "land_after_build", "border_years_apart",
     "before_what_it_needs"}
)  # fmt: skip
"""Rules on whose findings it makes sense that one line stays, that a cost is shared, that years change."""
WHOLE = Decimal(100)
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided on a finding.

    Attributes
    ----------
    stays
        Identity of the line that stays, of a merger.
    shares
        Region or agency to its share: rupiah that add up to the cost, or per cent that add up to 100.
    cost
        What is shared, in rupiah.
    first_year, last_year
        Of new years.
    anyway
        Whether it is kept although a decision on another finding about the same lines says otherwise.
    """

    outcome: Outcome
    text: str = ""
    who: str = ""
    due: date | None = None
    stays: str = ""
    cost: Decimal | None = None
    shares: dict[str, Decimal] = field(default_factory=dict)
    per_cent: bool = False
    first_year: int | None = None
    last_year: int | None = None
    anyway: bool = False


def allowed(finding: Finding) -> list[Outcome]:
    """Return what can be decided on a finding.

    To merge where lines are one work, to share the cost of one work where two governments are concerned, to
    re-time where years are the matter.
    """
    if finding.kind in NOTES:
        return []
    told = [Outcome.ACCEPT]
    one_group = finding.facts.get("groups", 1) == 1
    if finding.rule in MERGED and one_group and finding.lines.count() > 1:
        told.append(Outcome.MERGE)
    if finding.rule in SHARED and len(governments(finding)) > 1:
        told.append(Outcome.SHARE)
    if finding.rule in RETIMED:
        told.append(Outcome.RETIME)
    return [*told, Outcome.DISMISS, Outcome.REOPEN]


def governments(finding: Finding) -> list[str]:
    """Return the codes of the regions that a finding concerns."""
    return [one for one in finding.amid.split("|") if one]


@transaction.atomic
def decide(
    by: Principal,
    run_id: int,
    finding_id: int,
    decision: Decision,
    *,
    seen: int | None = None,
    said: str = "",
) -> FindingDecision:
    """Keep what the organisation of a run decides on a finding; it counts in later runs of it, too.

    Parameters
    ----------
    seen
        Number of the decision that was shown, 0 for none; `None` does not ask.
    said
        Fingerprint of the finding that was shown; empty does not ask.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    ConflictError
        When somebody else decided meanwhile, or its lines say something else since it was shown.
    """
    run = held_run(by, rules.OBJECT_EDIT, run_id)
    finding = findings(by, run).filter(pk=finding_id).first()
    if finding is None:
        raise errors.not_found(_("The finding"))
    last = decisions(by, run, [finding.key]).first()
    if seen is not None and seen != (last.pk if last else 0):
        told = _("Somebody else decided on this finding meanwhile. Look at it, then decide again.")
        raise ConflictError(told)
    if said not in ("", finding.fingerprint):
        told = _(
            "The run was computed again meanwhile, and these lines have changed. Look at them, then "
            "decide again."
        )
        raise ConflictError(told)
    decision = replace(decision, text=printable(decision.text), who=printable(decision.who))
    refuse(_faults(finding, decision, last))
    if not decision.anyway:
        refuse(_against(by, run, finding, decision))
    row = FindingDecision.objects.create(
        organisation_id=run.organisation_id,
        run=run,
        finding=finding,
        key=finding.key,
        fingerprint=finding.fingerprint,
        outcome=decision.outcome,
        text=decision.text,
        who=decision.who,
        due=decision.due,
        details=_details(decision) | about(finding),
        by_id=by.person_id,
        by_name=by.name[:160],
    )
    after = {"outcome": row.outcome, "text": row.text, "who": row.who, **_details(decision)}
    before = {"outcome": last.outcome} if last else None
    record_on(by, Verb.FINDING_DECIDED, run, before, after, part=f"finding:{finding.position}")
    return row


def _details(decision: Decision) -> dict[str, Any]:
    if decision.outcome == Outcome.MERGE:
        return {"stays": decision.stays}
    if decision.outcome == Outcome.SHARE:
        shares = {name: str(value) for name, value in decision.shares.items()}
        cost = None if decision.cost is None else str(decision.cost)
        return {"shares": shares, "per_cent": decision.per_cent, "cost": cost}
    if decision.outcome == Outcome.RETIME:
        return {"years": [decision.first_year, decision.last_year]}
    return {}


def _against(by: Principal, run: SyncRun, finding: Finding, decision: Decision) -> dict[str, str]:
    """Return at `anyway` what was decided otherwise on another finding about the same lines."""
    made = (finding.kind, decision.outcome, _details(decision))
    against = [
        f"“{rule_name(one.finding.rule)}” – {in_short(one.decision, one.finding)}"
        for one in beside(by, run, finding)
        if one.decision and opposed(made, of_finding(one.finding, one.decision))
    ]
    if not against:
        return {}
    told = _(
        "This contradicts what was decided on another finding about the same lines: %(decisions)s. Decide "
        "the same here, change the other decision, or confirm that both are to be kept."
    )
    return {"anyway": told % {"decisions": "; ".join(against)}}


def _faults(finding: Finding, decision: Decision, last: FindingDecision | None) -> dict[str, str]:
    faults = long_texts(text=decision.text, who=decision.who)
    if decision.outcome not in allowed(finding):
        return {"outcome": _("This cannot be decided on this finding.")}
    if decision.outcome == Outcome.REOPEN and (last is None or last.outcome == Outcome.REOPEN):
        return {"outcome": _("The finding is open.")}
    return faults | ASKS[decision.outcome](finding, decision)


def _accept_faults(_finding: Finding, decision: Decision) -> dict[str, str]:
    told = {"text": _("Write what will be done."), "who": _("Write who does it.")}
    return {name: text for name, text in told.items() if not getattr(decision, name)}


def _merge_faults(finding: Finding, decision: Decision) -> dict[str, str]:
    identities = {str(one) for one in finding.lines.values_list("identity", flat=True)}
    return {} if decision.stays in identities else {"stays": _("Choose the line that stays.")}


def _dismiss_faults(_finding: Finding, decision: Decision) -> dict[str, str]:
    told = _("Write why it is dismissed: it is shown when the finding comes up again.")
    return {} if decision.text else {"text": told}


def share_faults(_finding: Finding, decision: Decision) -> dict[str, str]:
    """Return what is wrong with a split: it must add up exactly, to the cost or to 100 per cent."""
    shares = decision.shares
    if len(shares) < 2:
        return {"shares": _("A cost is shared by two or more.")}
    if any(value < 0 for value in shares.values()):
        return {"shares": _("A share is not below 0.")}
    total = sum(shares.values(), Decimal(0))
    if decision.cost is None or decision.cost <= 0:
        return {"cost": _("Write the cost that is shared.")}
    whole = WHOLE if decision.per_cent else decision.cost
    if total == whole:
        return {}
    if decision.per_cent:
        told = _("The shares add up to %(total)s and not to 100%%.")
    elif total < whole:
        told = _("The shares add up to %(total)s; %(missing)s are missing.")
    else:
        told = _("The shares add up to %(total)s; that is %(missing)s too much.")
    values = {"total": total, "missing": abs(whole - total)}
    shown = {
        name: share(str(value), per_cent=True) if decision.per_cent else rupiah(value)
        for name, value in values.items()
    }
    return {"shares": told % shown}


def _year_faults(_finding: Finding, decision: Decision) -> dict[str, str]:
    first, last = decision.first_year, decision.last_year
    if first is None:
        return {"first_year": _("Write the new first year.")}
    if last is None:
        return {"last_year": _("Write the new last year.")}
    if not FIRST_YEAR <= first <= LAST_YEAR:
        return {"first_year": _("This is not a year of a plan.")}
    if last < first or last > LAST_YEAR:
        return {"last_year": _("The last year is not before the first.")}
    return {}


ASKS: dict[Outcome, Callable[[Finding, Decision], dict[str, str]]] = {
    Outcome.ACCEPT: _accept_faults,
    Outcome.MERGE: _merge_faults,
    Outcome.SHARE: share_faults,
    Outcome.RETIME: _year_faults,
    Outcome.DISMISS: _dismiss_faults,
    Outcome.REOPEN: lambda _finding, _decision: {},
}
"""What each outcome asks for."""
