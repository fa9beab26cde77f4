"""Organisations, which organisations belong to which association, and who holds which role where."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is in an organisation; `rules.RIGHTS` says what each may do."""

    VIEWER = "viewer", _("viewer")
    ANALYST = "analyst", _("analyst")
    COORDINATOR = "coordinator", _("coordinator (TKKSD)")
    APPROVER = "approver", _("approver")
    ADMINISTRATOR = "administrator", _("organisation administrator")


class Organisation(models.Model):
    """A body that owns priority lists, imports and settings.

    Attributes
    ----------
    code
        Short name in addresses and on the command line: `kota-palangka-raya`.
    region_code
        Kemendagri code of the region that it governs or, for an agency, works for; empty for others.
    parent
        The government of an agency, the association of a commissariat.
    requires_second_factor
        Its roles count only in sessions that were opened with a second factor.
    """

    class Kind(models.TextChoices):
        """What an organisation is."""

        GOVERNMENT = "government", _("regional government")
        AGENCY = "agency", _("regional agency")
        ASSOCIATION = "association", _("association")
        COMMISSARIAT = "commissariat", _("commissariat of an association")
        MINISTRY = "ministry", _("ministry or central agency")
        THIRD_PARTY = "third_party", _("third party")
        WORKSPACE = "workspace", _("workspace")

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    region_code = models.CharField(max_length=13, blank=True, db_index=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="parts", null=True, blank=True
    )
    requires_second_factor = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("region_code",),
                condition=Q(kind="government", deleted_at__isnull=True),
                name="one_government_a_region",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """An organisation belongs to an association or commissariat: Kota Palangka Raya to APEKSI Komwil V."""

    association = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="affiliations"
    )
    member = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="belongs_to")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("member__name",)
        constraints = (
            models.UniqueConstraint(fields=("association", "member"), name="member_once"),
            models.CheckConstraint(
                condition=~Q(association=F("member")), name="not_member_of_itself"
            ),
        )

    def __str__(self) -> str:
        return f"{self.member} – {self.association}"


class Assignment(models.Model):
    """A person holds a role in an organisation, until it is ended."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="assignments"
    )
    role = models.CharField(max_length=14, choices=Role.choices)
    created = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("organisation__name", "person__name", "role")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "organisation", "role"),
                condition=Q(ended_at__isnull=True),
                name="role_held_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.organisation_id}"
