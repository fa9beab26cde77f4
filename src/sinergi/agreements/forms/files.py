"""Forms of files: hand one in, choose one of those that are there."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.forms import RefusingForm
from sinergi.agreements.actions.attachments import AttachmentDetails
from sinergi.agreements.files.looking import MOST_BYTES
from sinergi.agreements.models import Attachment, AttachmentKind, Party
from sinergi.agreements.queries.files import attachments
from sinergi.evidence.forms import LimitedUpload
from sinergi.forums.forms.fields import one_line

ACCEPTED = ".pdf,.docx,.xlsx,.odt,.png,.jpg,.jpeg,.txt,.csv"
MEGABYTES = MOST_BYTES // 2**20


class AttachmentChoice(forms.ModelChoiceField[Attachment]):
    """A choice among the files of an agreement.

    Set `queryset` by `of(agreement)`; what was taken out or is of another agreement is no choice.
    """

    def __init__(self, **kwargs: Any) -> None:
        usual = {"label": _("File"), "required": False, "empty_label": "–"}
        super().__init__(Attachment.objects.none(), **{**usual, **kwargs})

    def of(self, agreement: Any, kinds: Iterable[str] = ()) -> "AttachmentChoice":
        """Offer the files of an agreement, of some kinds if they are named."""
        rows = attachments(agreement)
        self.queryset = rows.filter(kind__in=list(kinds)) if kinds else rows
        return self

    def label_from_instance(self, obj: Any) -> str:
        """Return the title and what it is."""
        return f"{obj.title} · {obj.get_kind_display()}"


class FileForm(RefusingForm, LimitedUpload):
    """A file that is handed in."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, DOCX, XLSX, ODT, PNG, JPEG, TXT or CSV; at most 64 MB; no macros."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    kind = forms.ChoiceField(
        label=_("What it is"), choices=AttachmentKind.choices, initial=AttachmentKind.OTHER
    )
    title = one_line(_("Title; the name of the file where it is empty"))
    party_id = forms.TypedChoiceField(
        label=_("Whose it is"), required=False, coerce=int, empty_value=None
    )
    is_public = forms.BooleanField(
        label=_("May be public, when the agreement stands in the public register"), required=False
    )
    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, parties: list[Party], keeps: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), one.name) for one in parties]
        field = self.fields["party_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Of all parties")), *choices] if keeps else choices
        if not keeps:
            del self.fields["is_public"]

    def details(self) -> AttachmentDetails:
        """Return what a valid form says of the file."""
        data = self.cleaned_data
        return AttachmentDetails(
            data["kind"], data["title"], data["party_id"], data.get("is_public", False)
        )
