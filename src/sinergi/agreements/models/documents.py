"""Documents of an agreement: clauses in versions, remarks, acceptance, signatures; library and templates."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Kept, Person
from sinergi.agreements.models.agreement import Agreement, Party
from sinergi.agreements.models.files import Attachment, StoredFile


class DocumentKind(models.TextChoices):
    """The documents of a cooperation; their names stay Indonesian in every language."""

    KAK = "kak", _("Kerangka Acuan Kerja – terms of reference")
    OFFER = "offer", _("Surat Penawaran – letter of offer")
    ANSWER = "answer", _("Surat Jawaban – letter of answer")
    KB = "kb", _("Kesepakatan Bersama – memorandum")
    PKS = "pks", _("Perjanjian Kerja Sama – agreement")
    NOTA = "nota", _("Nota Kesepakatan – note of agreement")
    ADDENDUM = "addendum", _("Adendum – addendum")
    MINUTES = "minutes", _("Berita Acara – minutes")


class Document(models.Model):
    """One document of an agreement.

    Attributes
    ----------
    party
        Whose letter it is; empty for what all parties sign.
    number, dated
        Under which and on which day it was signed or sent; empty before.
    signed_version
        Number of the version that was signed: from then on it is changed by an addendum only.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=8, choices=DocumentKind.choices)
    party = models.ForeignKey(
        Party, on_delete=models.CASCADE, null=True, blank=True, related_name="documents"
    )
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=200, blank=True)
    dated = models.DateField(null=True, blank=True)
    signed_version = models.PositiveIntegerField(null=True, blank=True)
    template = models.ForeignKey(
        "agreements.Template", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order of the table."""

        ordering = ("agreement", "pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("agreements:document", args=[self.agreement_id, self.pk])


class DocumentVersion(models.Model):
    """A text of a document that parties can speak about; a version is never changed, the next one is.

    Attributes
    ----------
    number
        1..n within the document.
    clauses
        In order, each `{"key": …, "heading": …, "text": …, "source": …}`; `key` is the same for one clause
        through all versions, `source` its code in the clause library or empty.
    values
        What the agreement said when it was written, see `documents.rendering.snapshot`: what a version says
        does not change with the data.
    text
        All clauses as plain text, for search.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    clauses = models.JSONField(default=list)
    values = models.JSONField(default=dict, blank=True)
    text = models.TextField(blank=True)
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("document", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("document", "number"), name="version_once_in_a_document"
            ),
        )

    def __str__(self) -> str:
        return f"{self.document} · {self.number}"


class ClauseRemark(models.Model):
    """What somebody says to a clause; it stays with the clause through versions until it is settled."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="remarks")
    version = models.PositiveIntegerField()
    clause = models.CharField(max_length=40)
    party = models.ForeignKey(
        Party, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160, blank=True)
    text = models.TextField()
    created = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_note = models.CharField(max_length=300, blank=True)

    class Meta:
        """Order of the table."""

        ordering = ("document", "pk")

    def __str__(self) -> str:
        return self.text[:60]


class Acceptance(models.Model):
    """A party accepts a version, or says why not; it counts for this version alone."""

    version = models.ForeignKey(
        DocumentVersion, on_delete=models.CASCADE, related_name="acceptances"
    )
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    accepted = models.BooleanField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("version", "party")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "party"), name="version_answered_once_by_a_party"
            ),
        )

    def __str__(self) -> str:
        return f"{self.version_id} {self.party_id} {self.accepted}"


class Clause(Kept):
    """A clause of the library of an organisation; those that ship are files of the country pack.

    Attributes
    ----------
    code
        That of a shipped clause which it stands in for, or one of its own.
    kinds
        Codes of `DocumentKind` in which it is offered.
    text
        With the placeholders that `documents.placeholders` names.
    """

    KIND: ClassVar[str] = "clause"

    code = models.CharField(max_length=40)
    kinds = models.JSONField(default=list)
    heading = models.CharField(max_length=160)
    text = models.TextField()
    position = models.PositiveIntegerField(default=1000)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("position", "code", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "code"),
                condition=Q(deleted_at=None),
                name="clause_once_of_an_organisation",
            ),
        )

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("agreements:clause", args=[self.pk])


class Template(Kept):
    """A Word template of an organisation, for one kind of document."""

    KIND: ClassVar[str] = "agreement_template"

    title = models.CharField(max_length=200)
    document_kind = models.CharField(max_length=8, choices=DocumentKind.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=200)
    note = models.TextField(blank=True)

    class Meta:
        """Order of the table."""

        ordering = ("document_kind", "title", "pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("agreements:template", args=[self.pk])


class Means(models.TextChoices):
    """How a document was signed."""

    PAPER = "paper", _("on paper")
    ELECTRONIC = "electronic", _("electronically")


class SigningState(models.TextChoices):
    """How far the signature of a party is."""

    WAITING = "waiting", _("waiting")
    SIGNED = "signed", _("signed")
    REFUSED = "refused", _("refused")


class Signature(models.Model):
    """The signature of a party under a version of a document.

    Attributes
    ----------
    place
        1..n: who signs before whom; equal places sign in any order.
    name, office
        Who signs.
    by_power, power_number, power_on, power
        Whether it is signed for the head by power of attorney; number, day and file of it.
    attachment
        The signed file; `checked` is what was found in it (see `signing.verify`).
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="signatures")
    version = models.PositiveIntegerField()
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="signatures")
    place = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=160, blank=True)
    office = models.CharField(max_length=160, blank=True)
    by_power = models.BooleanField(default=False)
    power_number = models.CharField(max_length=120, blank=True)
    power_on = models.DateField(null=True, blank=True)
    power = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(
        max_length=8, choices=SigningState.choices, default=SigningState.WAITING
    )
    means = models.CharField(max_length=10, choices=Means.choices, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("document", "version", "place", "party")
        constraints = (
            models.UniqueConstraint(
                fields=("document", "version", "party"), name="signed_once_by_a_party"
            ),
        )

    def __str__(self) -> str:
        return f"{self.party_id} {self.state}"
