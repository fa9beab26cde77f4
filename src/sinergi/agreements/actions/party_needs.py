"""What follows from the parties of an agreement: who is required by which rule, which approvals they need."""

from sinergi.agreements import parties as party_rules
from sinergi.agreements.families import YES
from sinergi.agreements.models import Agreement, Approval, ApprovalState, Party
from sinergi.agreements.parties import Need
from sinergi.agreements.queries import parties as queries


def _present(agreement: Agreement) -> list[Party]:
    return list(Party.objects.filter(agreement=agreement, left_on=None).order_by("position"))


def review(agreement: Agreement) -> None:
    """Note by which rules parties are required, and renew the approvals that they need."""
    rows = _present(agreement)
    found = queries.proposal_of(agreement, rows).required
    for party in rows:
        rule = party_rules.rule_for(found, queries.side_of(party))
        if party.required_by != rule:
            party.required_by = rule
            Party.objects.filter(pk=party.pk).update(required_by=rule)
    refresh_approvals(agreement)


def refresh_approvals(agreement: Agreement) -> None:
    """Make the approvals that the parties need, and take back those that none needs and nobody touched.

    What was asked for, given, refused or written down by people is never lost, and while an answer is open
    nothing is taken back.
    """
    rows = _present(agreement)
    needs = queries.proposal_of(agreement, rows).needs
    for party in rows:
        _renew(party, needs[str(party.pk)])


def _renew(party: Party, needs: tuple[Need, ...]) -> None:
    there = {one.kind: one for one in Approval.objects.filter(party=party)}
    open_or_needed = {one.kind: one for one in needs if one.needed != "no"}
    for kind, need in open_or_needed.items():
        row = there.get(kind)
        if need.needed == YES and row is None:
            Approval.objects.create(party=party, kind=kind, needed_because=need.because)
        elif need.needed == YES and row is not None and row.needed_because:
            Approval.objects.filter(pk=row.pk).update(needed_because=need.because)
    for kind, row in there.items():
        if kind not in open_or_needed and _is_untouched(row):
            row.delete()


def _is_untouched(row: Approval) -> bool:
    written = (row.number, row.note, row.asked_on, row.due_on, row.on, row.attachment_id)
    return bool(row.needed_because) and row.state == ApprovalState.WANTED and not any(written)
