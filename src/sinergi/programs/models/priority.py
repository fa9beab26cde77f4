"""Rankings: which lines are compared, by which criteria, weighed by whom, with which values from people."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinergi.accounts.models import Kept, Person
from sinergi.programs.models.plans import Plan


class Origin(models.TextChoices):
    """Where the values of a criterion come from; what a person says of a line always goes before."""

    TYPED = "typed", _("said by people")
    INDICATOR = "indicator", _("an indicator of the line's region")
    POPULATION = "population", _("residents of the line's region")
    NEED = "need", _("need for the line's cooperation object in its region")
    READINESS = "readiness", _("land, design and permits of the line")
    COST = "cost", _("cost per unit of result, among lines of the same unit")
    MENTIONS = "mentions", _("other plans that hold work of the same kind in the same region")


class Scale(models.TextChoices):
    """What puts the values of a criterion between 0 and 1."""

    MIN_MAX = "min_max", _("from the lowest to the highest value")
    FIXED = "fixed", _("between two fixed ends")
    RANK = "rank", _("by rank")
    VECTOR = "vector", _("share of the vector's length")
    TARGET = "target", _("by distance to a target")


class Shape(models.TextChoices):
    """Preference functions of PROMETHEE."""

    USUAL = "usual", _("any difference counts fully")
    LINEAR = "linear", _("rising between two thresholds")
    GAUSSIAN = "gaussian", _("rising like a bell curve")


class WeighingMethod(models.TextChoices):
    """How a person says what matters how much."""

    AHP = "ahp", _("comparing in pairs (AHP)")
    SWING = "swing", _("swings")
    DIRECT = "direct", _("points of 100")
    EQUAL = "equal", _("all the same")


class Degree(models.TextChoices):
    """Words that a person may choose in place of a number from 0 to 100."""

    NUMBER = "", _("a number")
    NONE = "none", pgettext_lazy("degree", "none")
    LOW = "low", pgettext_lazy("degree", "low")
    MEDIUM = "medium", pgettext_lazy("degree", "medium")
    HIGH = "high", pgettext_lazy("degree", "high")
    VERY_HIGH = "very_high", pgettext_lazy("degree", "very high")


class Ranking(Kept):
    """Lines of plans put in an order by criteria; computed when it is read, never stored.

    Attributes
    ----------
    top
        How many places matter: what a change of weights does is told for these.
    least_coverage
        Share of the weight, 0-1, that must have a value for an alternative to get a rank.
    """

    KIND: ClassVar[str] = "ranking"

    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    top = models.PositiveSmallIntegerField(
        default=10, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    least_coverage = models.FloatField(default=0.5)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("-updated", "-pk")
        indexes = (
            models.Index(fields=("deleted_at", "-updated"), name="rankings_by_change"),
            models.Index(fields=("organisation", "deleted_at"), name="rankings_of_organisation"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(least_coverage__gte=0) & Q(least_coverage__lte=1),
                name="coverage_is_a_share",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("programs:ranking", args=[self.pk])


class Criterion(models.Model):
    """Something that alternatives are judged by; fields as in `analysis.priority.Criterion`.

    Attributes
    ----------
    code
        Within the ranking; never changes.
    indicator
        Code of the indicator where `origin` is one.
    low, high, target
        In the unit of the criterion.
    """

    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="criteria")
    code = models.SlugField(max_length=40)
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    unit = models.CharField(max_length=60, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.TYPED)
    indicator = models.CharField(max_length=80, blank=True)
    rises = models.BooleanField(default=True)
    scale = models.CharField(max_length=8, choices=Scale.choices, default=Scale.MIN_MAX)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    target = models.FloatField(null=True, blank=True)
    shape = models.CharField(max_length=8, choices=Shape.choices, default=Shape.LINEAR)
    indifference = models.FloatField(null=True, blank=True)
    preference = models.FloatField(null=True, blank=True)
    veto = models.FloatField(null=True, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("ranking", "code"), name="criterion_once_in_a_ranking"),
        )

    def __str__(self) -> str:
        return self.title


class Alternative(models.Model):
    """A line that is ranked, by its identity through the versions of its plan."""

    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="alternatives")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    identity = models.UUIDField()

    class Meta:
        """Order and constraints of the table."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("ranking", "plan", "identity"), name="line_once_in_a_ranking"
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan_id} {self.identity}"


class CriterionValue(models.Model):
    """What a person says of an alternative by a criterion; it goes before what evidence says.

    Attributes
    ----------
    value
        In the unit of the criterion; 0-100 where it has none.
    degree
        The word that was chosen in place of the number, where one was.
    person
        Who said it; empty where it was the operator, or a person who left.
    """

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="values")
    alternative = models.ForeignKey(Alternative, on_delete=models.CASCADE, related_name="values")
    value = models.FloatField()
    degree = models.CharField(max_length=9, choices=Degree.choices, blank=True)
    note = models.TextField(blank=True)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("criterion", "alternative"), name="value_once_for_criterion_and_line"
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"


class Weighting(models.Model):
    """What one person says matters how much.

    Attributes
    ----------
    said
        What was said: judgements `{"need|cost": 3.0}` when comparing in pairs, otherwise points by code.
    weights
        The shares by code of criterion that follow, sum 1.
    ratio
        Consistency ratio of comparisons in pairs; empty otherwise.
    """

    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="weightings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    method = models.CharField(max_length=6, choices=WeighingMethod.choices)
    said = models.JSONField(default=dict, blank=True)
    weights = models.JSONField(default=dict, blank=True)
    ratio = models.FloatField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("ranking", "person"), name="weights_once_for_a_person"),
        )

    def __str__(self) -> str:
        return f"{self.ranking}: {self.person}"
