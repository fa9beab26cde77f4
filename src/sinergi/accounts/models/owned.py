"""What belongs to an organisation, and with whom it is shared."""

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models.organisations import Organisation
from sinergi.accounts.vocabulary import Right

if TYPE_CHECKING:
    from sinergi.accounts.principal import Principal


class Visibility(models.TextChoices):
    """Who may read something, besides its organisation and those it is shared with."""

    PRIVATE = "private", _("only its organisation and those it is shared with")
    PUBLIC = "public", _("everybody")


class Level(models.TextChoices):
    """What a share allows."""

    READ = "read", _("may read")
    EDIT = "edit", _("may read and edit")


class Share(models.Model):
    """An object is open to another organisation, too.

    Attributes
    ----------
    kind, object_id
        `Owned.KIND` and number of the object.
    with_members
        The organisation is an association, and those that belong to it are meant as well.
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=4, choices=Level.choices, default=Level.READ)
    with_members = models.BooleanField(default=False)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("organisation__name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "object_id", "organisation"), name="shared_once_with_each"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} – {self.organisation_id} {self.level}"


def reaching(principal: "Principal", right: Right) -> Q:
    """Return the condition for shares that give a right to somebody through one of his organisations."""
    direct = Q(organisation_id__in=principal.organisations(right))
    through = Q(with_members=True, organisation_id__in=principal.associations(right))
    at_level = Q() if right is Right.READ else Q(level=Level.EDIT)
    return (direct | through) & at_level


OwnedModel = TypeVar("OwnedModel", bound="Owned")


class OwnedQuerySet(models.QuerySet[OwnedModel]):
    """Rows of organisations, as far as somebody may see or change them; each one query, however many rows."""

    def _shared(self, principal: "Principal", right: Right) -> Exists:
        shares = Share.objects.filter(
            reaching(principal, right), kind=self.model.KIND, object_id=OuterRef("pk")
        )
        return Exists(shares)

    def readable_by(self, principal: "Principal") -> "OwnedQuerySet[OwnedModel]":
        """Keep the rows that somebody may read."""
        if principal.operator:
            return self
        public = Q(visibility=Visibility.PUBLIC) | Q(organisation_id=None)
        own = Q(organisation_id__in=principal.organisations(Right.READ))
        return self.filter(public | own | Q(self._shared(principal, Right.READ)))

    def editable_by(self, principal: "Principal") -> "OwnedQuerySet[OwnedModel]":
        """Keep the rows that somebody may edit."""
        if principal.operator:
            return self
        own = Q(organisation_id__in=principal.organisations(Right.EDIT))
        return self.filter(own | Q(self._shared(principal, Right.EDIT)))


class Owned(models.Model):
    """A row that belongs to an organisation; subclasses name their `KIND`.

    Where `organisation` may be empty, an empty one means: belongs to the installation and is public.
    """

    KIND: ClassVar[str]
    objects: ClassVar[models.Manager[Any]] = OwnedQuerySet.as_manager()
    organisation_id: int | None

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    visibility = models.CharField(
        max_length=7, choices=Visibility.choices, default=Visibility.PRIVATE
    )

    class Meta:
        """No table of its own."""

        abstract = True

    @property
    def label(self) -> str:
        """What it is called, for people and for the audit trail."""
        return str(self)


class Kept(Owned):
    """An owned row that counts its changes and is put away rather than deleted.

    Attributes
    ----------
    revision
        Counts the changes; one that was made from an older revision is refused.
    deleted_at
        When it was put away; empty while it is in use.
    """

    revision = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """No table of its own."""

        abstract = True
