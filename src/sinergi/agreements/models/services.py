"""Services paid by quantity: quotas, tariffs with their legal basis, volumes, bills, and who can pay."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sinergi.agreements.models.agreement import Agreement, Party
from sinergi.agreements.models.files import Attachment
from sinergi.reference.rupiah import RupiahField


class Service(models.Model):
    """What a party does for others by quantity: tonnes taken in at a landfill.

    Attributes
    ----------
    unit
        Of quotas, volumes and tariffs: `ton`.
    capacity
        What it was built for, per day; quota and flow are other things.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="services")
    provider = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="provides")
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    capacity = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    begins = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    known_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order of the table."""

        ordering = ("agreement", "pk")

    def __str__(self) -> str:
        return self.name


class Quota(models.Model):
    """How much a party may bring each day from a day on.

    Attributes
    ----------
    kind
        `design` is what the facility was laid out for, `operating` what is agreed for use.
    known_on
        The day on which it could be known: published, signed or written here.
    """

    class Kind(models.TextChoices):
        """What a quota is of."""

        DESIGN = "design", _("design")
        OPERATING = "operating", _("operating")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="quotas")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="quotas")
    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.OPERATING)
    per_day = models.DecimalField(max_digits=18, decimal_places=4)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    known_on = models.DateField(null=True, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("service", "party", "since", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(per_day__gte=0), name="quota_not_negative"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="quota_days_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.party_id} {self.per_day}"


class Tariff(models.Model):
    """What a unit costs from a day on, and by what law it may be asked for.

    Attributes
    ----------
    agreed_on
        The day on which the parties agreed on it.
    basis, basis_number, basis_on, basis_file
        The regulation by which the provider may take it; without one nothing can be billed.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="tariffs")
    amount = RupiahField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=200, blank=True)
    basis_number = models.CharField(max_length=120, blank=True)
    basis_on = models.DateField(null=True, blank=True)
    basis_file = models.ForeignKey(
        Attachment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    source = models.CharField(max_length=300, blank=True)
    known_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("service", "since", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(amount__gte=0), name="tariff_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.since} {self.amount}"


class Volume(models.Model):
    """What a party brought in a month; without a party: all together, where only that is known.

    Attributes
    ----------
    month
        The first day of the month.
    per_day
        Whether `quantity` is a daily mean rather than the sum of the month.
    estimated
        Whether it is an estimate (“about 200 t a day”) and no measurement.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="volumes")
    party = models.ForeignKey(
        Party, on_delete=models.CASCADE, null=True, blank=True, related_name="volumes"
    )
    month = models.DateField()
    quantity = models.DecimalField(max_digits=18, decimal_places=4)
    per_day = models.BooleanField(default=False)
    estimated = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    known_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("service", "month", "party")
        constraints = (
            models.CheckConstraint(condition=Q(quantity__gte=0), name="volume_not_negative"),
            models.UniqueConstraint(
                fields=("service", "party", "month"), name="volume_once_a_month_and_party"
            ),
            models.UniqueConstraint(
                fields=("service", "month"), condition=Q(party=None), name="volume_once_a_month"
            ),
        )

    def __str__(self) -> str:
        return f"{self.month} {self.quantity}"


class BillState(models.TextChoices):
    """How far a bill is."""

    DRAFT = "draft", _("in preparation")
    ISSUED = "issued", _("issued")
    PAID = "paid", _("paid")
    CANCELLED = "cancelled", _("cancelled")


class Bill(models.Model):
    """What a party owes for what it brought in a month.

    Attributes
    ----------
    lines
        What it was computed from: quantity, tariff and amount for each span of days, as they were.
    closed
        A month that is closed takes no other bill and no other volume; what was wrong is corrected in the
        next.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="bills")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="bills")
    month = models.DateField()
    number = models.CharField(max_length=120, blank=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=4)
    amount = RupiahField()
    lines = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=BillState.choices, default=BillState.DRAFT)
    issued_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    paid_amount = RupiahField(null=True, blank=True)
    closed = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("service", "-month", "party", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("service", "party", "month"),
                condition=~Q(state="cancelled"),
                name="billed_once_a_month",
            ),
        )

    def __str__(self) -> str:
        return f"{self.month} {self.amount}"


class BudgetEntry(models.Model):
    """That a party has money for its obligations in a year, or has said that it has none.

    Where the plan of the payer is here, `line` is the identity of its line in `programs`, and the amount is
    read there: one source of truth. `amount` is for plans that are not here.

    Attributes
    ----------
    account
        Code of the line as the budget writes it.
    has_none
        It is known that the budget holds no line.
    """

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="budget")
    year = models.PositiveSmallIntegerField()
    line = models.UUIDField(null=True, blank=True)
    account = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300, blank=True)
    amount = RupiahField(null=True, blank=True)
    has_none = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    known_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order of the table."""

        ordering = ("party", "year", "pk")
        indexes = (models.Index(fields=("party", "year"), name="budget_entries_of_a_year"),)

    def __str__(self) -> str:
        return f"{self.year} {self.account}".strip()


class Alarm(models.Model):
    """Something that threatens an agreement, raised on the first day on which it could be known.

    Attributes
    ----------
    kind
        Code of `alarms`: `tariff_without_basis`, `no_budget_line`, `budget_too_small`, `unpaid`, `idle` …
    key
        What it is about, so that it is raised once: numbers joined by `:`.
    first_day
        The first day on which it could be known from what is here.
    raised_at
        When the run found it.
    over_on
        The day from which it no longer holds; empty while it does.
    told
        What it says: values by name, in no language.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="alarms")
    party = models.ForeignKey(
        Party, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=32)
    key = models.CharField(max_length=80)
    first_day = models.DateField()
    over_on = models.DateField(null=True, blank=True)
    told = models.JSONField(default=dict)
    raised_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("-first_day", "-pk")
        indexes = (models.Index(fields=("over_on", "first_day"), name="alarms_that_hold"),)
        constraints = (
            models.UniqueConstraint(
                fields=("agreement", "kind", "key", "first_day"), name="alarm_raised_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
