"""Obligations: who owes what to whom, when it falls due, what was done, and of what somebody was reminded."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Person
from sinergi.agreements.models.agreement import Agreement, Party
from sinergi.agreements.models.files import Attachment
from sinergi.reference.rupiah import RupiahField


class ObligationKind(models.TextChoices):
    """What is owed."""

    MONEY = "money", _("money")
    SERVICE = "service", _("service")
    GOODS = "goods", _("goods")
    REPORT = "report", _("report")
    ASSET = "asset", _("asset, land or facility")
    OTHER = "other", _("other")


class Obligation(models.Model):
    """What a party owes.

    Attributes
    ----------
    number
        1..n within the agreement.
    debtor, creditor
        Who owes, and to whom; without a creditor it is owed to all.
    text
        As the agreement words it.
    quantity, unit
        How much, where it is a number; empty where the agreement has words only, which is told.
    amount
        Rupiah of each due date; empty where it is not money, or follows from a tariff (`Service`).
    schedule
        When it falls due, see `schedules.Schedule`: kind, first and last day, day of the month, months,
        index.
    indicator, target
        Against which it is measured; indicator of the evidence or as written.
    account
        Code of the budget line that pays it, as the payer's budget writes it; the line itself is found in
        its plan.
    clause
        Key of the clause that it stands in.
    ended_on
        Set by a change of the agreement: nothing falls due after it.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="obligations")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=ObligationKind.choices)
    debtor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="owes")
    creditor = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="is_owed"
    )
    text = models.TextField()
    quantity = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    amount = RupiahField(null=True, blank=True)
    schedule = models.JSONField(default=dict, blank=True)
    indicator = models.CharField(max_length=200, blank=True)
    target = models.CharField(max_length=120, blank=True)
    account = models.CharField(max_length=40, blank=True)
    clause = models.CharField(max_length=40, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("agreement", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("agreement", "number"), name="obligation_once_in_an_agreement"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"


class DueState(models.TextChoices):
    """What became of what fell due; late is not a state but an open one whose day is past."""

    OPEN = "open", _("open")
    PARTLY = "partly", _("fulfilled in part")
    FULFILLED = "fulfilled", _("fulfilled")
    WAIVED = "waived", _("waived")


class Due(models.Model):
    """One day on which an obligation falls due.

    Attributes
    ----------
    on
        The day; `first` and `last` are the span that it is for, where it is for one.
    amount, quantity
        What is due; what was done is in `done_amount`, `done_quantity`.
    """

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="dues")
    on = models.DateField()
    first = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)
    amount = RupiahField(null=True, blank=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    state = models.CharField(max_length=9, choices=DueState.choices, default=DueState.OPEN)
    done_on = models.DateField(null=True, blank=True)
    done_amount = RupiahField(null=True, blank=True)
    done_quantity = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    note = models.TextField(blank=True)
    evidence = models.ForeignKey(
        Attachment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        Party, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("on", "pk")
        indexes = (
            models.Index(
                fields=("on",), condition=Q(state__in=("open", "partly")), name="dues_open_by_day"
            ),
        )
        constraints = (models.UniqueConstraint(fields=("obligation", "on"), name="due_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.on} {self.state}"


class ReminderChoice(models.Model):
    """How many days before somebody is reminded; without a row the days of the pack hold.

    Attributes
    ----------
    days
        Such as `[90, 60, 30, 7, 0]`; empty: never.
    usual
        Somebody went back to the days of the pack; `days` then say nothing.
    """

    agreement = models.OneToOneField(
        Agreement, on_delete=models.CASCADE, primary_key=True, related_name="reminder_choice"
    )
    days = models.JSONField(default=list)
    usual = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order of the table."""

        ordering = ("agreement",)

    def __str__(self) -> str:
        return str(self.days)


class Reminder(models.Model):
    """That somebody was reminded of something so many days before: once, however often the run is repeated.

    Attributes
    ----------
    target, target_id
        `due`, `end` (of the agreement), `task`, `advice`, `approval`; and its number.
    days
        Before the day; 0 on it, negative after it.
    on
        The day reminded of: a date that moves is reminded of anew.
    made
        When the run began that made it: the same moment for all of a run.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="reminders")
    target = models.CharField(max_length=8)
    target_id = models.BigIntegerField()
    days = models.SmallIntegerField()
    on = models.DateField()
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("-made", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("target", "target_id", "on", "days"), name="reminded_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.target} {self.target_id} {self.days}"


class ReminderSeen(models.Model):
    """That a person put a reminder aside; the others whom it concerns still see it."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="seen")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("reminder", "person"), name="reminder_seen_once"),
        )

    def __str__(self) -> str:
        return f"{self.reminder_id} {self.person_id}"


class ReminderLetters(models.Model):
    """Whether a person is reminded by e-mail, and how far; who never chose is.

    Attributes
    ----------
    told
        The highest number of a reminder that a letter could tell: no letter tells one up to it again.
    """

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    wanted = models.BooleanField(default=True)
    told = models.BigIntegerField(default=0)

    class Meta:
        """Order of the table."""

        ordering = ("person",)

    def __str__(self) -> str:
        return f"{self.person_id} {self.wanted}"


class Measure(models.Model):
    """An indicator by which the parties say they will know that the cooperation works.

    Attributes
    ----------
    indicator
        Code of an indicator of the evidence; empty where `name` is written by hand.
    region_code
        Where it is measured, of an indicator of the evidence.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="measures")
    name = models.CharField(max_length=200)
    indicator = models.CharField(max_length=60, blank=True)
    region_code = models.CharField(max_length=13, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    baseline = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    target = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order of the table."""

        ordering = ("agreement", "pk")

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """A value of a measure that was read on a day."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="readings")
    on = models.DateField()
    value = models.DecimalField(max_digits=20, decimal_places=4)
    source = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        """Order and constraints of the table."""

        ordering = ("measure", "on")
        constraints = (models.UniqueConstraint(fields=("measure", "on"), name="read_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.on} {self.value}"
