"""The page of what limits a portfolio: ceilings, shares of regions, rules between projects."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.middleware import status_of
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import small_number
from sinergi.programs.actions import portfolio_limits as limits
from sinergi.programs.forms.portfolio import CeilingTable, RuleForm, ShareForm
from sinergi.programs.models import Portfolio
from sinergi.programs.portfolio.giving_way import beyond
from sinergi.programs.queries import portfolio as queries
from sinergi.programs.queries.words import channel_name, region_name
from sinergi.programs.views.portfolio import UNPROCESSABLE, frame
from sinergi.reference import queries as reference


@require_http_methods(["GET", "HEAD", "POST"])
def limits_page(request: HttpRequest, portfolio_id: int) -> HttpResponse:
    """Show ceilings, shares and rules; POST says by `do` which of them it is about."""
    by = principal_of(request)
    one = queries.portfolio(by, portfolio_id)
    forms = _Forms(by, one, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        rules.require(by, rules.OBJECT_EDIT, one)
        status = forms.save(by, one)
        if status == 200:
            messages.success(request, _("The limits were saved."))
            if told := beyond(queries.promised(one)):
                messages.warning(request, told)
            return redirect("programs:portfolio-limits", portfolio_id)
    context = {**frame(by, one, "limits"), **forms.context(), **_told(by, one)}
    return render(request, "programs/portfolio_limits.html", context, status=status)


class _Forms:
    """The forms of the page; only the one that was sent is filled with what was sent."""

    def __init__(self, by: Principal, one: Portfolio, sent: Any) -> None:
        self.sent = sent
        self.do = sent.get("do", "") if sent is not None else ""

        def own(name: str) -> Any:
            return sent if self.do == name else None

        seen = queries.projects(by, one)
        used = {code for each in seen for part in each.parts for code in part["channels"]}
        used |= {ceiling.channel for ceiling in one.ceilings.all()}
        known = list(reference.funding_channels())
        self.channels = sorted(used | set(known), key=lambda code: (code not in used, code))
        self.used = used
        self.numbers = {row.position: row.pk for row in seen}
        self.table = CeilingTable(one, self.channels, own("ceilings"))
        regions = queries.region_names(by, one)
        self.share = ShareForm(own("share"), regions=regions)
        self.rule = RuleForm(own("rule"), numbers=self.numbers)
        self.message = ""

    def context(self) -> dict[str, Any]:
        """Return what the page shows of them."""
        rows = self.table.rows()
        return {
            "years": self.table.years,
            "rows": [row for row in rows if row["channel"] in self.used],
            "more": [row for row in rows if row["channel"] not in self.used],
            "share_form": self.share,
            "rule_form": self.rule,
            "message": self.message,
        }

    def save(self, by: Principal, one: Portfolio) -> int:
        """Do what was asked; the status of the page."""
        try:
            return self._save(by, one)
        except (InvalidError, ConflictError) as error:
            form = {"share": self.share, "rule": self.rule}.get(self.do)
            if form is not None:
                form.refuse(error)
            else:
                self.table.faults |= getattr(error, "fields", {})
                self.message = error.message
            return status_of(error)

    def _save(self, by: Principal, one: Portfolio) -> int:
        number = small_number(self.sent.get("number", "")) or 0
        if self.do == "ceilings":
            return self._ceilings(by, one)
        if self.do == "share" and self.share.is_valid():
            limits.set_share(by, one.pk, self.share.details(), revision=self._revision())
            return 200
        if self.do == "rule" and self.rule.is_valid():
            self._add_rule(by, one)
            return 200
        if self.do == "no-share":
            limits.remove_share(by, one.pk, number)
            return 200
        if self.do == "no-rule":
            limits.remove_rule(by, one.pk, number)
            return 200
        return UNPROCESSABLE

    def _revision(self) -> int:
        return small_number(self.sent.get("revision", "")) or 0

    def _add_rule(self, by: Principal, one: Portfolio) -> None:
        details = self.rule.details()
        sent = {"portfolio": one.pk, **asdict(details)}

        def add() -> dict[str, Any]:
            return {"rule": limits.add_rule(by, one.pk, details).pk}

        once(by, "add_portfolio_rule", seal(self.rule.cleaned_data["once"], sent), sent, add)

    def _ceilings(self, by: Principal, one: Portfolio) -> int:
        if self.table.faults:
            self.message = _("Some amounts cannot be read; nothing was saved.")
            return UNPROCESSABLE
        limits.set_ceilings(
            by,
            one.pk,
            self.table.amounts,
            carries=tuple(c for c in self.sent.getlist("carries") if c in self.channels),
            revision=self._revision(),
        )
        return 200


def _told(by: Principal, one: Portfolio) -> dict[str, Any]:
    rules_of = list(one.rules.prefetch_related("members"))
    named = {member.project_id for rule in rules_of for member in rule.members.all()}
    rows = queries.projects(by, one).filter(pk__in=named).only("position", "title")
    seen = {row.pk: row for row in rows}
    rules_told = [
        {
            "rule": rule,
            "projects": [seen.get(member.project_id) for member in rule.members.all()],
        }
        for rule in rules_of
    ]
    shares = [
        {
            "share": share,
            "region": region_name(share.region_code),
            "minimum": None if share.minimum is None else share.minimum / 1_000_000,
            "maximum": None if share.maximum is None else share.maximum / 1_000_000,
        }
        for share in one.shares.all()
    ]
    return {
        "rules": rules_told,
        "shares": shares,
        "carried": [channel_name(code) for code in one.carries],
    }
