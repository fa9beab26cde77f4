"""Files that belong to agreements: their content once, by its hash, outside the database."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Person
from sinergi.agreements.models.agreement import Agreement, Party


class StoredFile(models.Model):
    """The content of a file: written once, never changed, named by its hash.

    Attributes
    ----------
    sha256
        64 hexadecimal digits; the file lies under them in the store.
    size
        Bytes.
    media_type
        What its content is, found by looking at it and not at its name.
    text
        What can be read in it, for search; empty where nothing can.
    warnings
        Codes of what was found in it that is let in but told: `form_fields`, `no_text` …
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    text = models.TextField(blank=True)
    warnings = models.JSONField(default=list, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Order of the table."""

        ordering = ("pk",)

    def __str__(self) -> str:
        return self.sha256


class AttachmentKind(models.TextChoices):
    """What a file is to an agreement."""

    SIGNED = "signed", _("signed document")
    DRAFT = "draft", _("draft")
    LETTER = "letter", _("letter")
    STUDY = "study", _("study")
    POWER = "power", _("power of attorney")
    APPROVAL = "approval", _("approval")
    ADVICE = "advice", _("advice")
    LEGAL_BASIS = "legal_basis", _("legal basis")
    EVIDENCE = "evidence", _("evidence of fulfilment")
    OTHER = "other", _("other")


class Attachment(models.Model):
    """A file as somebody handed it in.

    Attributes
    ----------
    party
        Whose it is; empty for what is of all.
    filename
        As it was named by whoever handed it in, without a path.
    is_public
        Whether it goes with the public register.
    removed_at
        When it was taken out; the content stays while anything refers to it.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="attachments")
    party = models.ForeignKey(
        Party, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(
        max_length=12, choices=AttachmentKind.choices, default=AttachmentKind.OTHER
    )
    title = models.CharField(max_length=200)
    filename = models.CharField(max_length=200)
    is_public = models.BooleanField(default=False)
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Order of the table."""

        ordering = ("agreement", "-created", "-pk")

    def __str__(self) -> str:
        return self.title
