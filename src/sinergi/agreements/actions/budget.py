"""What a party says of its budget for a year: a line, an amount, or that there is none."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import expect_revision, why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned, too_long
from sinergi.agreements import errors
from sinergi.agreements.actions.rows import held_party, part_of, refuse, tell
from sinergi.agreements.actions.services import told
from sinergi.agreements.models import Agreement, BudgetEntry, Party
from sinergi.agreements.services import amount_faults
from sinergi.programs.models import PlanLine
from sinergi.programs.queries.plans import versions

FIRST_YEAR, LAST_YEAR = 2000, 2060
LENGTHS = {"account": 40, "title": 300, "source": 300}


@dataclass(frozen=True, slots=True)
class BudgetDetails:
    """What is said of a budget; fields are those of `BudgetEntry`."""

    year: int | None
    line: UUID | None = None
    account: str = ""
    title: str = ""
    amount: Decimal | None = None
    has_none: bool = False
    source: str = ""
    known_on: date | None = None


def budget_faults(details: BudgetDetails, today: date) -> dict[str, str]:
    """Return what is wrong with what is said of a budget, by field."""
    faults = too_long(details, LENGTHS)
    if details.year is None or not FIRST_YEAR <= details.year <= LAST_YEAR:
        bounds = {"first": FIRST_YEAR, "last": LAST_YEAR}
        faults["year"] = _("Choose a year between %(first)s and %(last)s.") % bounds
    said = details.line is not None or details.amount is not None
    if details.has_none and said:
        faults["has_none"] = _("Either there is no line, or there is one.")
    if not details.has_none and not said and not details.account and not details.title:
        faults["amount"] = _(
            "Choose a line of a plan, write one with its amount, or say there is none."
        )
    if details.amount is not None:
        faults |= amount_faults("amount", details.amount)
    if details.known_on is not None and details.known_on > today:
        faults["known_on"] = _("It cannot be known from a day to come.")
    return faults


@transaction.atomic
def set_budget(
    by: Principal,
    agreement_id: int,
    party_id: int,
    details: BudgetDetails,
    *,
    entry_id: int | None = None,
    revision: int | None = None,
) -> BudgetEntry:
    """Write what a party has in its budget for a year, or change it: its own people, or the keeper.

    Of a line of a plan that is here the amount is not copied: it is read where it stands.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, InvalidError
    """
    today = timezone.localdate()
    party = held_party(by, agreement_id, party_id, or_keeper=True)
    kept = cleaned(details)
    refuse(budget_faults(kept, today) or _line_faults(by, kept))
    if entry_id is None:
        kept = kept if kept.known_on is not None else replace(kept, known_on=today)
        row, before = BudgetEntry(party=party), {}
    else:
        row = _entry(party, entry_id)
        part = part_of("budget", row.pk)
        expect_revision(Agreement.KIND, agreement_id, row.revision, revision, part=part)
        before = told(budget_details(row))
        row.revision += 1
    for name, value in asdict(kept).items():
        setattr(row, name, value)
    row.save()
    after = {**told(kept), "party": party.name}
    part = part_of("budget", row.pk)
    tell(by, Verb.BUDGET_SET, party.agreement, before, after, part=part)
    return row


def _line_faults(by: Principal, details: BudgetDetails) -> dict[str, str]:
    if details.line is None:
        return {}
    rows = PlanLine.objects.filter(identity=details.line, version__in=versions(by).order_by())
    if rows.exists():
        return {}
    return {"line": _("There is no such line in a plan that you may read.")}


def budget_details(row: BudgetEntry) -> BudgetDetails:
    """Return what is said of a budget."""
    return BudgetDetails(
        row.year,
        row.line,
        row.account,
        row.title,
        row.amount,
        row.has_none,
        row.source,
        row.known_on,
    )


@transaction.atomic
def remove_budget(
    by: Principal, agreement_id: int, party_id: int, entry_id: int, reason: str = ""
) -> None:
    """Take out what was said of a budget: nothing is known of it then.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    party = held_party(by, agreement_id, party_id, or_keeper=True)
    row = _entry(party, entry_id)
    before = {**told(budget_details(row)), "party": party.name}
    part = part_of("budget", row.pk)
    row.delete()
    tell(by, Verb.BUDGET_SET, party.agreement, before, {}, part=part, reason=why(reason))


def _entry(party: Party, entry_id: int) -> BudgetEntry:
    row = BudgetEntry.objects.filter(pk=entry_id, party=party).first()
    if row is None:
        raise errors.not_found(_("What was said of the budget"))
    return row
