"""The agreement itself: what it is about, and who its parties are."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Kept, Organisation


class State(models.TextChoices):
    """Whether an agreement lives; where it stands among its stages is told by `Agreement.stage`."""

    LIVING = "living", _("living")
    ENDED = "ended", _("ended")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Obligatory(models.TextChoices):
    """Whether law makes regions cooperate; only people decide that."""

    UNKNOWN = "", _("not decided")
    MANDATORY = "wajib", _("mandatory")
    VOLUNTARY = "sukarela", _("voluntary")


class Origin(models.TextChoices):
    """What an agreement was begun from."""

    BLANK = "blank", _("a blank page")
    OPPORTUNITY = "opportunity", _("an opportunity of the map")
    ENTRY = "entry", _("an entry of a priority list")
    POINT = "point", _("a recommendation of a forum")
    REGISTER = "register", _("a register that was brought in")
    RENEWAL = "renewal", _("an agreement that it follows")
    PUBLISHED = "published", _("publications that tell of it")


class Agreement(Kept):
    """A cooperation with its parties; memorandum, agreement and all that follows stand within it.

    Attributes
    ----------
    number
        Under which the organisation keeps it in its register; empty until it has one.
    family
        Code of the country pack: `KSDD`, `KSDPK`, `KSDPL`, `KSDLL`, `SINERGI`.
    obligatory, geography
        For cooperation between regions: mandatory or voluntary as people decided, and the geographic type
        that the pack names (`a` to `d`), empty where it has none.
    object_code, affair
        Cooperation object and affair of the pack; empty where it is none of them: `object_text` says it then.
    stage
        Code of the pack: the earliest stage in which one of its parties stands. Written by `rules` alone.
    begins, ends
        First and last day on which it holds; empty where they are not known.
    ended_on, end_ground
        The day on which it ceased to hold, and the ground, a code of the pack.
    origin, origin_key, origin_told
        What it was begun from: kind, its number or key, and what was known of it then: `title`, `url`,
        `reasons`.
    follows
        The agreement that this one renews, extends or replaces.
    in_public_register
        Whether the fields that may be public are told to everybody.
    source, known_on
        Where it is known from and since when, for what was brought in or taken from publications.
    first_open_due
        The earliest day of what is due and not or only in part fulfilled: past, something is late. Follows
        from the dues; `actions.rows.tell` keeps it true.
    """

    KIND: ClassVar[str] = "agreement"

    number = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=400)
    family = models.CharField(max_length=12)
    obligatory = models.CharField(
        max_length=8, choices=Obligatory.choices, blank=True, default=Obligatory.UNKNOWN
    )
    geography = models.CharField(max_length=2, blank=True)
    object_code = models.CharField(max_length=60, blank=True)
    object_text = models.CharField(max_length=400, blank=True)
    affair = models.CharField(max_length=8, blank=True)
    background = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    scope = models.TextField(blank=True)
    place = models.CharField(max_length=300, blank=True)
    benefits = models.TextField(blank=True)
    impact = models.TextField(blank=True)
    funding = models.TextField(blank=True)
    stage = models.CharField(max_length=24)
    state = models.CharField(max_length=9, choices=State.choices, default=State.LIVING)
    begins = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_ground = models.CharField(max_length=24, blank=True)
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.BLANK)
    origin_key = models.CharField(max_length=300, blank=True)
    origin_told = models.JSONField(default=dict, blank=True)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    in_public_register = models.BooleanField(default=False)
    responsible = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    known_on = models.DateField(null=True, blank=True)
    first_open_due = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("-updated", "-pk")
        indexes = (
            models.Index(
                fields=("-updated", "-id"),
                name="agreements_by_change",
                condition=Q(deleted_at=None),
            ),
            models.Index(
                fields=("organisation", "state", "ends", "visibility", "id"),
                name="agreements_counted",
                condition=Q(deleted_at=None),
            ),
            models.Index(fields=("organisation", "deleted_at"), name="agreements_of_organisation"),
            models.Index(fields=("deleted_at", "ends"), name="agreements_by_end"),
            models.Index(fields=("deleted_at", "state", "stage"), name="agreements_by_stage"),
            models.Index(fields=("deleted_at", "family"), name="agreements_by_family"),
            models.Index(
                fields=("in_public_register", "deleted_at"), name="agreements_in_public_register"
            ),
            models.Index(
                fields=("first_open_due",),
                name="agreements_by_first_open_due",
                condition=Q(deleted_at=None, first_open_due__isnull=False),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(begins=None) | Q(ends=None) | Q(ends__gte=F("begins")),
                name="agreement_days_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("agreements:agreement", args=[self.pk])

    @property
    def is_told_later(self) -> bool:
        """Whether it was concluded before it was written here: a register or publications tell of it."""
        return self.origin in (Origin.REGISTER, Origin.PUBLISHED)


class Answer(models.TextChoices):
    """What is known of a question that may be left open."""

    UNKNOWN = "", _("not known")
    YES = "yes", _("yes")
    NO = "no", _("no")


class Party(models.Model):
    """Who binds itself by an agreement.

    Attributes
    ----------
    position
        1..n, the order in which parties are named; Pihak Kesatu, Pihak Kedua …
    kind
        Code of a partner type of the pack: `PEMDA`, `K_L`, `PIHAK_KETIGA`, `PEMDA_LN`, `LEMBAGA_LN`.
    region_code
        Of a government: its Kemendagri code, under the name that it had then.
    organisation
        Who acts for it here; empty while nobody was let in. Its people read the agreement and do what the
        party does: answer, accept, sign, record.
    duty
        What it is within the cooperation: `host`, `payer`, `buyer` …, as written.
    required_by
        Code of the rule that makes it a party (`province_affair` …); empty where nothing requires it.
    stage
        Code of the stage in which its own track stands.
    burdens_people, in_budget
        Whether the plan burdens the community and the region, and whether its money is in the budget of the
        year: what decides whether its council must approve.
    offer_answer, offer_answered_on, offer_note
        What it answered to the offer, when, and under which number or with which words.
    joined_on, left_on
        Empty: from the beginning, to the end.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16)
    region_code = models.CharField(max_length=13, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agency = models.CharField(max_length=200, blank=True)
    duty = models.CharField(max_length=80, blank=True)
    required_by = models.CharField(max_length=40, blank=True)
    representative = models.CharField(max_length=160, blank=True)
    office = models.CharField(max_length=160, blank=True)
    address = models.CharField(max_length=300, blank=True)
    stage = models.CharField(max_length=24)
    burdens_people = models.CharField(
        max_length=3, choices=Answer.choices, blank=True, default=Answer.UNKNOWN
    )
    in_budget = models.CharField(
        max_length=3, choices=Answer.choices, blank=True, default=Answer.UNKNOWN
    )
    offer_answer = models.CharField(
        max_length=3, choices=Answer.choices, blank=True, default=Answer.UNKNOWN
    )
    offer_answered_on = models.DateField(null=True, blank=True)
    offer_note = models.TextField(blank=True)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("agreement", "position", "pk")
        indexes = (
            models.Index(fields=("organisation", "agreement"), name="parties_of_organisation"),
            models.Index(fields=("region_code", "agreement"), name="parties_of_region"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("agreement", "position"), name="one_party_at_a_position"
            ),
        )

    def __str__(self) -> str:
        return self.name
