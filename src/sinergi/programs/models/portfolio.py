"""Portfolios: projects taken from plans, ceilings, shares and rules, and what runs of choosing came to."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Kept
from sinergi.programs.models.plans import Plan
from sinergi.programs.models.sync import RunState
from sinergi.reference.rupiah import RupiahField


class Decision(models.TextChoices):
    """What a person decided about a project by hand."""

    OPEN = "", _("open")
    IN = "in", _("in by hand")
    OUT = "out", _("out by hand")


class RuleKind(models.TextChoices):
    """How projects hang together."""

    BEFORE = "before", _("the first before the second")
    AT_MOST_ONE = "at_most_one", _("at most one of them")
    EXACTLY_ONE = "exactly_one", _("exactly one of them")
    TOGETHER = "together", _("all of them or none")


class Measure(models.TextChoices):
    """What the share of a region is a share of."""

    AVAILABLE = "available", _("of all money there is")
    SPENT = "spent", _("of the money that is spent")
    SCORE = "score", _("of the score that is reached")


class Portfolio(Kept):
    """Projects from which the set is chosen that scores most within the money there is.

    Attributes
    ----------
    carries
        Codes of channels whose unspent money may be spent in later years.
    """

    KIND: ClassVar[str] = "portfolio"

    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    carries = models.JSONField(default=list, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("-updated", "-pk")
        indexes = (
            models.Index(fields=("deleted_at", "-updated"), name="portfolios_by_change"),
            models.Index(fields=("organisation", "deleted_at"), name="portfolios_of_organisation"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="portfolio_years_in_order"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("programs:portfolio", args=[self.pk])


class PortfolioProject(models.Model):
    """A line of a plan as it was when it was taken; only readers of the plan see it.

    Attributes
    ----------
    identity
        `PlanLine.identity`.
    score
        What it is worth, ≥ 0.
    score_source
        Where the score comes from, in words: the ranking, or a person.
    parts
        `[{"channels": ["dak_fisik", "pad"], "amounts": [minor units by year after the start]}]`: each part is
        paid by one of its channels; an empty code means that the plan does not say which.
    earliest, latest
        Years in which it may start.
    regions
        Share of its benefit by Kemendagri code, parts per million.
    decision, decided_year
        What was decided by hand.
    revision
        Counts its changes, so that two who change it at once both learn of it.
    """

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="projects")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    identity = models.UUIDField()
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=500)
    region_code = models.CharField(max_length=13, blank=True)
    score = models.FloatField(default=0.0)
    score_source = models.CharField(max_length=200, blank=True)
    parts = models.JSONField(default=list)
    total = RupiahField(default=0)
    earliest = models.PositiveSmallIntegerField()
    latest = models.PositiveSmallIntegerField()
    regions = models.JSONField(default=dict)
    decision = models.CharField(max_length=3, choices=Decision.choices, blank=True)
    decided_year = models.PositiveSmallIntegerField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("portfolio", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("portfolio", "plan", "identity"), name="project_once_in_a_portfolio"
            ),
            models.CheckConstraint(condition=Q(score__gte=0), name="project_score_not_negative"),
        )

    def __str__(self) -> str:
        return self.title


class PortfolioCeiling(models.Model):
    """The most that a channel gives in a year; what is not written is nothing."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="ceilings")
    year = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=40, blank=True)
    amount = RupiahField()

    class Meta:
        """Order and constraints of the table."""

        ordering = ("portfolio", "year", "channel")
        constraints = (
            models.UniqueConstraint(
                fields=("portfolio", "year", "channel"), name="ceiling_once_a_year_and_channel"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="ceiling_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.channel} {self.amount}"


class PortfolioShare(models.Model):
    """The least and the most that a region receives, parts per million."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="shares")
    region_code = models.CharField(max_length=13)
    measure = models.CharField(max_length=9, choices=Measure.choices, default=Measure.AVAILABLE)
    minimum = models.PositiveIntegerField(null=True, blank=True)
    maximum = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("portfolio", "region_code", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("portfolio", "region_code", "measure"), name="share_once_a_region"
            ),
        )

    def __str__(self) -> str:
        return f"{self.region_code} {self.minimum}–{self.maximum}"


class PortfolioRule(models.Model):
    """How projects hang together; `lag`, years from start to start, counts only for one before another."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="rules")
    kind = models.CharField(max_length=11, choices=RuleKind.choices)
    lag = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """Order of the table."""

        ordering = ("portfolio", "pk")

    def __str__(self) -> str:
        return f"{self.portfolio_id} {self.kind}"


class PortfolioMember(models.Model):
    """A project of a rule, in order."""

    rule = models.ForeignKey(PortfolioRule, on_delete=models.CASCADE, related_name="members")
    project = models.ForeignKey(PortfolioProject, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        """Order and constraints of the table."""

        ordering = ("rule", "position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("rule", "project"), name="project_once_in_a_rule"),
        )

    def __str__(self) -> str:
        return f"{self.rule_id} {self.project_id}"


class PortfolioRun(models.Model):
    """One time that a portfolio was chosen, or that a wish was tried.

    Attributes
    ----------
    asked
        `seconds`, `gap` (part of the score), `solver`, `others` (how many choices), and of a wish `project`
        and `chosen`.
    base
        The run whose choice a wish changes.
    plans
        Numbers of all plans that went into it; only who reads all of them reads the run.
    digest
        Of the problem that was solved: another one means that something changed since.
    told_at
        When whatever computes it was last heard of.
    result
        As `programs.portfolio.compute` writes it; told only to readers of every plan in it.
    """

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="runs")
    base = models.ForeignKey(
        "self", on_delete=models.CASCADE, related_name="wishes", null=True, blank=True
    )
    state = models.CharField(max_length=7, choices=RunState.choices, default=RunState.WAITING)
    asked = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    progress = models.PositiveSmallIntegerField(default=0)
    failure = models.TextField(blank=True)
    plans = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    result = models.JSONField(default=dict, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    computed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("-created", "-pk")
        indexes = (models.Index(fields=("portfolio", "-created"), name="runs_of_portfolio"),)

    def __str__(self) -> str:
        return f"{self.portfolio_id} {self.state}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("programs:portfolio-run", args=[self.portfolio_id, self.pk])
