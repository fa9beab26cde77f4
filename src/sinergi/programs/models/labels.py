"""What people say about pairs of lines: the answers from which the matching of an organisation learns."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Organisation


class PairAnswer(models.TextChoices):
    """What two lines are to each other; the order is that of the keys 1 to 5."""

    SAME = "same", _("the same work")
    PART_OF = "part_of", _("one is part of the other")
    RELATED = "related", _("related, but not the same")
    DIFFERENT = "different", _("different works")
    CANNOT_TELL = "cannot_tell", _("cannot be told from the lines")


class PairLabel(models.Model):
    """What a person of an organisation said about two lines, with the lines as they were then.

    Attributes
    ----------
    key
        Digest of both lines as they were judged; a pair that changed may be judged again.
    a, b
        Each line as it was judged: identity, title, place, agency, code, years, amount in rupiah.
    plans
        Numbers of the plans of both lines: what they say is shown while all can be read.
    evidence
        Columns of `analysis.similarity.EVIDENCE`, null where unknown, and `veto`.
    probability
        That the two are the same work, by the model in use, when it was asked.
    person
        Who answered; empty: the operator, or a person who was erased.
    undone_at
        When the answer was taken back; it then counts no more.
    """

    KIND: ClassVar[str] = "pair_label"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    a = models.JSONField()
    b = models.JSONField()
    plans = models.JSONField(default=list, blank=True)
    evidence = models.JSONField()
    probability = models.FloatField()
    answer = models.CharField(max_length=11, choices=PairAnswer.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("-created", "-pk")
        indexes = (
            models.Index(fields=("organisation", "undone_at"), name="labels_of_organisation"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "key"),
                condition=models.Q(undone_at=None),
                name="pair_judged_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.a.get('title', '')} – {self.b.get('title', '')}"[:200]
