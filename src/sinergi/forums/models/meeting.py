"""The meeting itself: what it is, its agenda and documents, who is invited and who comes."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Kept, Letter, Organisation, Person
from sinergi.forums.stages import Stage


class Forum(Kept):
    """A meeting that an organisation convenes; `organisation` is its secretariat.

    Attributes
    ----------
    body
        The association or government whose meeting it is, where that is not the secretariat itself.
    host
        Who receives it, as it is written: usually a city.
    region_code
        Kemendagri code of the place; empty where it is none of the reference.
    time_zone
        In which the clock of the meeting is read, such as `Asia/Makassar`; empty: that of the installation.
    contact
        Whom to ask, as it is written: an office, a telephone number. It is read by whoever reads the forum.
    source
        Where this is known from, for a meeting that was entered from publications.
    points_told
        How many points it agreed on as its sources tell, which need not word all of them; empty: not told.
    """

    KIND: ClassVar[str] = "forum"

    class Type(models.TextChoices):
        """What a meeting is."""

        NATIONAL = "national", _("national working meeting")
        COMMISSARIAT = "commissariat", _("working meeting of a commissariat")
        TECHNICAL = "technical", _("technical coordination")
        MAPPING = "mapping", _("mapping of cooperation")
        PLANS = "plans", _("deliberation on plans")

    class Stages(models.TextChoices):
        """Where it stands; what is allowed in each is in `stages.PHASES`."""

        ANNOUNCED = Stage.ANNOUNCED.value, _("announced")
        RAISING = Stage.RAISING.value, _("raising issues")
        PREPARING = Stage.PREPARING.value, _("preparing")
        DELIBERATING = Stage.DELIBERATING.value, _("deliberating")
        SEALED = Stage.SEALED.value, _("sealed")
        FOLLOWING_UP = Stage.FOLLOWING_UP.value, _("following up")
        CLOSED = Stage.CLOSED.value, _("closed")

    title = models.CharField(max_length=200)
    type = models.CharField(max_length=12, choices=Type.choices)
    theme = models.CharField(max_length=300, blank=True)
    purpose = models.TextField(blank=True)
    host = models.CharField(max_length=160, blank=True)
    place = models.CharField(max_length=200, blank=True)
    region_code = models.CharField(max_length=13, blank=True)
    begins = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=12, choices=Stages.choices, default=Stages.ANNOUNCED)
    source = models.TextField(blank=True)
    points_told = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = (F("begins").desc(nulls_first=True), "-pk")
        indexes = (
            models.Index(fields=("deleted_at", "-begins"), name="forums_by_day"),
            models.Index(fields=("organisation", "deleted_at"), name="forums_of_organisation"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(ends=None) | Q(begins__isnull=False, ends__gte=F("begins")),
                name="forum_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("forums:forum", args=[self.pk])


class AgendaItem(models.Model):
    """What happens when: a plenary, a parallel session, a visit, a dinner."""

    class Kind(models.TextChoices):
        """What an item is."""

        OPENING = "opening", _("opening")
        PLENARY = "plenary", _("plenary")
        PARALLEL = "parallel", _("parallel session")
        VISIT = "visit", _("field visit")
        DINNER = "dinner", _("dinner")
        OTHER = "other", _("other")

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="agenda")
    day = models.DateField()
    begins = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order of the table."""

        ordering = ("day", F("begins").asc(nulls_first=True), "pk")

    def __str__(self) -> str:
        return f"{self.day} {self.title}"


class ForumDocument(models.Model):
    """A document of a meeting; its content is kept in the database, and so in every backup.

    Attributes
    ----------
    open_to_all
        Whether it is shown to whoever may read the forum; otherwise only to delegations and the secretariat.
    """

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=200)
    filename = models.CharField(max_length=160)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    open_to_all = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order of the table."""

        ordering = ("created", "pk")

    def __str__(self) -> str:
        return self.title


class Delegation(models.Model):
    """An organisation that is invited, what it answered, and with what weight it votes.

    Attributes
    ----------
    left_at
        When it withdrew or was withdrawn; it keeps what it raised and votes no more.
    contact
        An e-mail address to which the invitation goes, too, as the secretariat wrote it; it stays out of the
        audit trail and is forgotten when the delegation leaves.
    """

    class Answer(models.TextChoices):
        """What it answered."""

        WAITING = "waiting", _("not answered yet")
        COMING = "coming", _("comes")
        DECLINED = "declined", _("does not come")

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="delegations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.WAITING)
    note = models.TextField(blank=True)
    weight = models.PositiveSmallIntegerField(default=1)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    contact = models.EmailField(max_length=254, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("organisation__name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("forum", "organisation"), name="invited_once"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="weight_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.answer}"


class InvitationLetter(models.Model):
    """A letter by which a delegation was invited; what became of it is told by the letter itself.

    Attributes
    ----------
    person
        To whom it went; none: to the contact address of the delegation.
    """

    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="letters")
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        """Order of the table."""

        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.delegation_id} {self.letter_id}"


class Delegate(models.Model):
    """Somebody of a delegation: an office, and a name where it is given.

    Attributes
    ----------
    pass_code
        What the QR code on the pass holds; whoever shows it is checked in.
    """

    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="delegates")
    office = models.CharField(max_length=160)
    name = models.CharField(max_length=160, blank=True)
    pass_code = models.CharField(max_length=32, unique=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Order of the table."""

        ordering = ("pk",)

    def __str__(self) -> str:
        return self.office
