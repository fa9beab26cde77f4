"""The track of each party through the stages: tasks, approvals and advice."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergi.agreements.models.agreement import Agreement, Party


class TaskState(models.TextChoices):
    """Whether something that a stage asks for is done."""

    OPEN = "open", _("open")
    DONE = "done", _("done")
    NOT_NEEDED = "not_needed", _("not needed")


class StageTask(models.Model):
    """Something that a stage asks of one party, or of all; made where somebody says more than the pack.

    Attributes
    ----------
    party
        Whose it is; empty for what concerns all.
    stage, code
        As the pack names them; a task of people's own has a code that begins with `own-`.
    title
        Of a task of people's own; the pack words the others.
    due_on
        Set by people; law of which we are sure sets none.
    responsible
        An office, as it is written.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="tasks")
    party = models.ForeignKey(
        Party, on_delete=models.CASCADE, null=True, blank=True, related_name="tasks"
    )
    stage = models.CharField(max_length=24)
    code = models.CharField(max_length=48)
    title = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=TaskState.choices, default=TaskState.OPEN)
    done_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    responsible = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("agreement", "pk")
        indexes = (models.Index(fields=("state", "due_on"), name="stage_tasks_by_day"),)
        constraints = (
            models.UniqueConstraint(
                fields=("agreement", "party", "stage", "code"), name="task_once_of_a_party"
            ),
            models.UniqueConstraint(
                fields=("agreement", "stage", "code"),
                condition=Q(party=None),
                name="task_once_of_all",
            ),
        )

    def __str__(self) -> str:
        return f"{self.stage} {self.code}"


class ApprovalState(models.TextChoices):
    """How far an approval is."""

    WANTED = "wanted", _("not asked for yet")
    ASKED = "asked", _("asked for")
    GIVEN = "given", _("given")
    REFUSED = "refused", _("refused")
    NOT_NEEDED = "not_needed", _("not needed")


class Approval(models.Model):
    """An approval that a party needs: of its council, of a minister.

    Attributes
    ----------
    kind
        Code of the pack: `dprd`, `minister`, `foreign_ministry` …
    needed_because
        Code of the rule from which it follows; empty for one that people added.
    number, on
        Of the paper with which it was given or refused.
    """

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="approvals")
    kind = models.CharField(max_length=24)
    needed_because = models.CharField(max_length=40, blank=True)
    state = models.CharField(
        max_length=10, choices=ApprovalState.choices, default=ApprovalState.WANTED
    )
    asked_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    number = models.CharField(max_length=120, blank=True)
    on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    attachment = models.ForeignKey(
        "agreements.Attachment", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("party", "pk")
        constraints = (
            models.UniqueConstraint(fields=("party", "kind"), name="approval_once_of_a_kind"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Opinion(models.TextChoices):
    """What an advice comes to."""

    WAITED_FOR = "", _("waited for")
    AGREES = "agrees", _("agrees")
    WITH_CHANGES = "with_changes", _("agrees with changes")
    DISAGREES = "disagrees", _("does not agree")


class Advice(models.Model):
    """What the cooperation team (TKKSD) of a party, or an agency, says to a draft.

    Attributes
    ----------
    asked_of
        `TKKSD`, or the agency as it is written.
    due_on
        By when it is asked for; empty: no deadline.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="advice")
    party = models.ForeignKey(
        Party, on_delete=models.CASCADE, null=True, blank=True, related_name="advice"
    )
    asked_of = models.CharField(max_length=200)
    is_team = models.BooleanField(default=False)
    question = models.TextField(blank=True)
    asked_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    given_on = models.DateField(null=True, blank=True)
    opinion = models.CharField(
        max_length=12, choices=Opinion.choices, blank=True, default=Opinion.WAITED_FOR
    )
    text = models.TextField(blank=True)
    attachment = models.ForeignKey(
        "agreements.Attachment", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("agreement", "-asked_on", "-pk")
        indexes = (models.Index(fields=("opinion", "due_on"), name="advice_by_day"),)

    def __str__(self) -> str:
        return f"{self.asked_of} {self.opinion}".rstrip()
