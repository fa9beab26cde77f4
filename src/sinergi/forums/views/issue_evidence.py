"""The evidence beside the form of an issue, while it is written."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import printable
from sinergi.forums.actions.issues import details_of
from sinergi.forums.details import IssueDetails
from sinergi.forums.forms.issues import IssueForm, NewIssueForm, regions_of
from sinergi.forums.models import Delegation, Forum, StrategicIssue
from sinergi.forums.queries.evidence import RegionEvidence, region_evidence
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.queries.issues import get_issue
from sinergi.forums.queries.similar import earlier, long_enough
from sinergi.forums.views.frame import frame

LONGEST = 8000
"""Characters that are compared with earlier points; an issue is no longer."""
ISSUE = "isu"
"""Number of the issue that is changed, in what the form sends."""


@require_http_methods(["GET", "HEAD", "POST"])
def issue_evidence(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the evidence for what a form holds; nothing is kept.

    The page sends it by POST, so that what was not submitted stands in no address and no log of a server.
    """
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    around = frame(principal, forum, "issues")
    mine = around["frame"].mine
    if not mine and not around["frame"].prepares:
        told = _(
            "Only analysts, coordinators and approvers of an invited organisation raise issues."
        )
        raise ForbiddenError(told, rules.OBJECT_EDIT)
    asked = request.POST if request.method == "POST" else request.GET
    number = asked.get(ISSUE, "")
    row = (
        get_issue(principal, forum, int(number))
        if number.isdecimal() and len(number) < 10
        else None
    )
    form = NewIssueForm(asked, delegations=mine)
    context = {"forum": forum, **evidence_beside(principal, forum, form, mine, row)}
    context["partial"] = request.headers.get("HX-Request") == "true"
    return render(request, "forums/parts/issue_evidence.html", context)


def evidence_beside(
    principal: Principal,
    forum: Forum,
    form: IssueForm,
    mine: tuple[Delegation, ...],
    row: StrategicIssue | None,
) -> dict[str, Any]:
    """Return what `forums/parts/issue_evidence.html` shows for a form as it stands, valid or not.

    Parameters
    ----------
    row
        The issue that is changed; `None` for a new one.
    """
    details = _details(form)
    return _evidence(principal, forum, details, _region(form, details, mine, row))


def evidence_of(principal: Principal, row: StrategicIssue) -> dict[str, Any]:
    """Return what `forums/parts/issue_evidence.html` shows beside an issue, as somebody may read it."""
    organisation = row.raised_by
    own = organisation.region_code if organisation is not None else ""
    code = own or next(iter(row.regions), "")
    return {**_evidence(principal, row.forum, details_of(row), code), "reading": True}


def _evidence(
    principal: Principal, forum: Forum, details: IssueDetails, code: str
) -> dict[str, Any]:
    text = f"{details.title}\n{details.text}\n{details.asked_for}"[:LONGEST]
    region = region_evidence(code, details) if code else None
    alike = earlier(principal, forum, text)
    return {
        "region": region,
        "chosen": bool(details.objects_named or details.affair),
        "long_enough": long_enough(text),
        "earlier": alike,
        "found": _found(len(alike), region),
    }


def _found(alike: int, region: RegionEvidence | None) -> str:
    """Return in a line what evidence there is, for who does not see it beside the form; empty for none."""
    known = sum(len(one.known) for one in region.objects) if region else 0
    total = region.total if region else 0
    told = [
        (alike, ngettext("%(n)s earlier point or issue", "%(n)s earlier points or issues", alike)),
        (known, ngettext("%(n)s indicator", "%(n)s indicators", known)),
        (total, ngettext("%(n)s opportunity", "%(n)s opportunities", total)),
    ]
    return ", ".join(text % {"n": number} for number, text in told if number)


def _details(form: IssueForm) -> IssueDetails:
    def value(name: str) -> str:
        return printable(str(form[name].value() or ""))

    return IssueDetails(
        title=value("title"),
        text=value("text"),
        affair=value("affair"),
        regions=tuple(value("regions").splitlines()),
        objects_named=tuple(value("objects_named").split()),
        asked_for=value("asked_for"),
    )


def _region(
    form: IssueForm,
    details: IssueDetails,
    mine: tuple[Delegation, ...],
    row: StrategicIssue | None,
) -> str:
    """Return the region that raises it; of who is no region, the first that is named."""
    organisation = row.raised_by if row is not None else None
    if row is None:
        number = str(form["delegation"].value() or "") if "delegation" in form.fields else ""
        chosen = [one for one in mine if str(one.pk) == number] or list(mine[:1])
        organisation = chosen[0].organisation if chosen else None
    if organisation is not None and organisation.region_code:
        return organisation.region_code
    codes, _strange = regions_of("\n".join(details.regions[:1]))
    return codes[0] if codes else ""
