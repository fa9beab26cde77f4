"""What changes an agreement in its life, how it is judged, and what happens to what it built."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Person
from sinergi.agreements.models.agreement import Agreement, Party
from sinergi.agreements.models.documents import Document
from sinergi.agreements.models.files import Attachment
from sinergi.reference.rupiah import RupiahField


class ChangeKind(models.TextChoices):
    """What can happen to an agreement that holds."""

    ADDENDUM = "addendum", _("addendum")
    JOINING = "joining", _("a party joins")
    LEAVING = "leaving", _("a party withdraws")
    EXTENSION = "extension", _("extension")
    RENEWAL = "renewal", _("renewal")
    TRANSFER = "transfer", _("transfer to another party")
    DISPUTE = "dispute", _("dispute")
    TAKEOVER = "takeover", _("takeover")
    SUCCESSION = "succession", _("a party was split or merged")
    ENDING = "ending", _("ending")


class ChangeState(models.TextChoices):
    """How far a change is."""

    PROPOSED = "proposed", _("proposed")
    AGREED = "agreed", _("agreed")
    REFUSED = "refused", _("refused")
    IN_EFFECT = "in_effect", _("in effect")


class Change(models.Model):
    """Something that changes an agreement.

    Attributes
    ----------
    ground
        Code of the pack: of an ending its ground, of a takeover who takes over.
    on, effective
        The day of the cause, and the day from which it holds, never before it.
    before, after
        Fields that differ, as in the audit trail; taken over when the change comes into effect.
    answers
        Number of a party to its word: `{"agrees": …, "on": …, "by": …, "person": …, "note": …}`.
    settlement
        What becomes of what is still owed, as `settlements.said` reads it.
    concluded_at
        When it was put into effect, or said to come into effect on its day.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    state = models.CharField(
        max_length=9, choices=ChangeState.choices, default=ChangeState.PROPOSED
    )
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ground = models.CharField(max_length=24, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    on = models.DateField()
    effective = models.DateField(null=True, blank=True)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    attachment = models.ForeignKey(
        Attachment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    successor = models.ForeignKey(
        Agreement, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    settled_note = models.TextField(blank=True)
    answers = models.JSONField(default=dict, blank=True)
    settlement = models.JSONField(default=dict, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order of the table."""

        ordering = ("agreement", "-on", "-pk")

    def __str__(self) -> str:
        return self.title


class Asset(models.Model):
    """Something that the cooperation built, bought or holds, and who gets it when it ends."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="assets")
    name = models.CharField(max_length=200)
    holder = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    value = RupiahField(null=True, blank=True)
    on_ending = models.TextField(blank=True)
    goes_to = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    handed_over_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order of the table."""

        ordering = ("agreement", "pk")

    def __str__(self) -> str:
        return self.name


class Verdict(models.TextChoices):
    """What is decided after an evaluation."""

    UNDECIDED = "", _("not decided")
    CONTINUE = "continue", _("continue")
    EXPAND = "expand", _("expand")
    STOP = "stop", _("stop")


class Evaluation(models.Model):
    """How the parties, or one of them, judge an agreement over a span of time.

    Attributes
    ----------
    answers
        Question of the pack to `{"grade": 0-4 or null, "text": …}`; what was not answered is left out.
    party
        Who judges; empty: all together.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="evaluations")
    party = models.ForeignKey(
        Party, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    first = models.DateField()
    last = models.DateField()
    answers = models.JSONField(default=dict)
    verdict = models.CharField(
        max_length=8, choices=Verdict.choices, blank=True, default=Verdict.UNDECIDED
    )
    reason = models.TextField(blank=True)
    on = models.DateField()
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order of the table."""

        ordering = ("agreement", "-last", "-pk")

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"
