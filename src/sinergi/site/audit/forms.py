"""What is asked of the audit trail: the search, and the hash that should be in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.audit.search import Wanted
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.audit.words import KINDS
from sinergi.accounts.models import Organisation

FIELDS = {
    "organisasi": "organisation",
    "orang": "person",
    "perbuatan": "verb",
    "jenis": "kind",
    "objek": "object_id",
    "teks": "text",
    "sejak": "since",
    "sampai": "until",
    "permintaan": "request_id",
}
"""Names in the address to those of `Wanted`."""


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class SearchForm(forms.Form):
    """Search of the trail; the address of a result can be sent to a colleague.

    Parameters
    ----------
    organisations
        Among which one can be chosen.
    """

    organisasi = forms.ChoiceField(label=_("Organisation"), required=False)
    orang = forms.CharField(
        label=_("Person"),
        required=False,
        max_length=160,
        help_text=_("Name, e-mail address or number."),
    )
    perbuatan = forms.ChoiceField(label=_("Deed"), required=False)
    jenis = forms.ChoiceField(label=_("Kind of object"), required=False)
    objek = forms.CharField(label=_("Number of the object"), required=False, max_length=64)
    teks = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=160,
        help_text=_("In the name, the reason or what changed."),
    )
    sejak = forms.DateField(label=_("From day"), required=False, widget=_day())
    sampai = forms.DateField(label=_("To day"), required=False, widget=_day())
    permintaan = forms.CharField(label=_("Request id"), required=False, max_length=64)

    def __init__(self, *args: Any, organisations: list[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        everything = [("", _("all"))]
        choices = {
            "organisasi": [(one.code, one.name) for one in organisations],
            "perbuatan": [(one.value, str(one.label)) for one in Verb],
            "jenis": sorted(((code, str(name)) for code, name in KINDS.items()), key=_second),
        }
        for name, found in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [*everything, *found]

    def wanted(self) -> Wanted:
        """Return what is looked for; a form that is not valid looks for all that is."""
        values = {FIELDS[name]: value for name, value in self.cleaned_data.items() if value}
        return Wanted(**values)


def _second(pair: tuple[str, str]) -> str:
    return pair[1]


class CheckForm(forms.Form):
    """A hash that was kept elsewhere."""

    expected = forms.CharField(
        label=_("Hash kept elsewhere"),
        required=False,
        max_length=90,
        help_text=_("Optional. Proves that nothing up to that record was written anew."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
