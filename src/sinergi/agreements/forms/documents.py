"""Forms of documents, of the clause library and of templates."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.forms import RefusingForm
from sinergi.accounts.once import new_token
from sinergi.agreements.actions.documents import DocumentDetails
from sinergi.agreements.actions.library import ClauseDetails, TemplateDetails
from sinergi.agreements.models import DocumentKind, Party, Template
from sinergi.evidence.forms import LimitedUpload
from sinergi.forums.forms.fields import Words, lines, one_line
from sinergi.opportunities.lists.forms import OfOrganisation


def day_field(label: Any) -> forms.DateField:
    """Return a field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


def choice_of(form: forms.Form, name: str) -> forms.ChoiceField:
    """Return a field of choices of a form."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    return field


class DocumentForm(RefusingForm):
    """What is written about a document."""

    title = one_line(_("Title of the document"), required=True)
    number = one_line(_("Number"))
    dated = day_field(pgettext_lazy("date", "Day"))
    template = forms.TypedChoiceField(
        label=_("Word template"), required=False, coerce=int, empty_value=None
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        templates: Iterable[Template] = (),
        used: Template | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        own = {str(one.pk): f"{one.title} – {one.organisation.name}" for one in templates}
        if used is not None and str(used.pk) not in own:
            # It stays the template of this document until another one is chosen.
            own[str(used.pk)] = gettext("%(title)s (offered no more)") % {"title": used.title}
        choice_of(self, "template").choices = [("0", _("the one that ships")), *own.items()]

    def details(self) -> DocumentDetails:
        """Return the details of a valid form."""
        told = self.cleaned_data
        return DocumentDetails(
            told["title"], told["number"], told["dated"], int(told["template"] or 0)
        )


class NewDocumentForm(DocumentForm):
    """A new document: its kind, and whose letter it is."""

    kind = forms.ChoiceField(label=_("Kind of document"), choices=DocumentKind.choices)
    party = forms.TypedChoiceField(
        label=_("Whose letter it is (offer and answer)"),
        required=False,
        coerce=int,
        empty_value=None,
    )
    once = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput, initial=new_token
    )

    def __init__(self, *args: Any, parties: Iterable[Party] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(str(one.pk), one.name) for one in parties]
        choice_of(self, "party").choices = [("", _("of all parties")), *own]


class ClauseForm(RefusingForm):
    """A clause of the library."""

    code = one_line(_("Code"), required=True)
    heading = one_line(_("Heading"), required=True)
    text = Words(label=_("Text"), widget=forms.Textarea(attrs={"rows": 10, "lang": "id"}))
    kinds = forms.MultipleChoiceField(
        label=_("Offered in"),
        choices=DocumentKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    position = forms.IntegerField(
        label=_("Place in the document (1–9999)"), min_value=1, max_value=9999, initial=1000
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def details(self) -> ClauseDetails:
        """Return the details of a valid form."""
        told = self.cleaned_data
        return ClauseDetails(
            told["code"], told["heading"], told["text"], " ".join(told["kinds"]), told["position"]
        )


class NewClauseForm(OfOrganisation, ClauseForm):
    """A new clause."""


class TemplateForm(LimitedUpload, RefusingForm):
    """A Word template."""

    title = one_line(_("Title"), required=True)
    document_kind = forms.ChoiceField(label=_("Kind of document"), choices=DocumentKind.choices)
    note = lines(_("Note"), 3)
    file = forms.FileField(label=_("Word file (.docx)"))

    def details(self) -> TemplateDetails:
        """Return the details of a valid form."""
        told = self.cleaned_data
        return TemplateDetails(told["title"], told["document_kind"], told["note"])


class NewTemplateForm(OfOrganisation, TemplateForm):
    """A new template."""
