"""Forms of parties: one in full, several in rows at the beginning, the organisation that acts for one."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sinergi.accounts.forms import RefusingForm
from sinergi.accounts.models import Organisation
from sinergi.accounts.texts import printable
from sinergi.agreements.details import OWN_ANSWERS, PARTY_LENGTHS, PartyDetails
from sinergi.agreements.families import REGION
from sinergi.agreements.models import Answer
from sinergi.agreements.queries.words import government_name, term_choices
from sinergi.forums.forms.fields import one_line
from sinergi.opportunities.lists.forms import token_field
from sinergi.reference import queries as reference

LIKELY = 85.0
"""From this likeness on a name is taken as that of a region; below it people are asked."""
DAY = gettext_lazy("Write the day as 2026-07-31 or 31/07/2026.")
FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]


def day_field(label: Any) -> forms.DateField:
    """Return a field for a day, as browsers and officials write it."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "off"})
    messages = {"invalid": DAY}
    return forms.DateField(
        label=label, required=False, widget=widget, input_formats=FORMATS, error_messages=messages
    )


def region_of(text: str) -> tuple[str, str]:
    """Return code and name of the region that a text means without doubt.

    Raises
    ------
    ValidationError
        Naming what could have been meant.
    """
    told = printable(text)
    table = reference.region_table()
    exact = [row for row, name in enumerate(table.names) if name.casefold() == told.casefold()]
    if len(exact) == 1:
        code = table.codes[exact[0]]
        return code, government_name(code)
    meant = [one for one in reference.find_region(told[:120]) if one.code in table.position]
    sure = meant and meant[0].score >= LIKELY
    if sure and (len(meant) == 1 or meant[0].score > meant[1].score):
        return meant[0].code, government_name(meant[0].code)
    names = "; ".join(table.names[table.position[one.code]] for one in meant[:4])
    if names:
        raise forms.ValidationError(
            _("“%(text)s” is no region. Was one of these meant? %(names)s")
            % {"text": told[:80], "names": names}
        )
    raise forms.ValidationError(_("“%(text)s” is no region.") % {"text": told[:80]})


def _kind_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=gettext_lazy("What it is"))


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class WhoForm(RefusingForm):
    """Who is a party: what it is, its name; a regional government is found by its name or code."""

    kind = _kind_field()
    name = one_line(gettext_lazy("Name"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "kind", term_choices("partner_kind"))
        self.fields["name"].widget.attrs.update(
            {"list": "daerah-pilihan", "maxlength": PARTY_LENGTHS["name"]}
        )
        self.region_code = ""

    def clean(self) -> dict[str, Any]:
        """Find the region that is meant."""
        values = super().clean() or self.cleaned_data
        name, kind = values.get("name", ""), values.get("kind", "")
        kept = self.kept_region(name)
        if kept:
            self.region_code = kept
        elif name and kind == REGION:
            try:
                self.region_code, values["name"] = region_of(name)
            except forms.ValidationError as error:
                self.add_error("name", error)
        return values

    def kept_region(self, name: str) -> str:
        """Return the code of a region that stays whatever it is called now; empty: look for it."""
        return ""


class PartyRow(WhoForm):
    """A party in a row of the page on which an agreement is begun; an empty row is none."""

    duty = one_line(pgettext_lazy("of a party", "Its part"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].required = False
        self.fields["duty"].widget.attrs["maxlength"] = PARTY_LENGTHS["duty"]

    def details(self) -> PartyDetails | None:
        """Return the party of a valid row; None of an empty one."""
        values = self.cleaned_data
        if not values.get("name"):
            return None
        return PartyDetails(
            values["name"], values.get("kind") or REGION, self.region_code, duty=values["duty"]
        )


class PartyForm(WhoForm):
    """All that is written about a party.

    Parameters
    ----------
    present
        What stands there; the region of a party whose name was not touched stays.
    acts
        Whether who writes acts for the party, and so answers for its council.
    keeps
        Whether who writes keeps the agreement, and so says who the party is.
    dated
        Whether it may be said here that it joined later: of a register that was brought in.
    """

    agency = one_line(gettext_lazy("Agency that carries it out"))
    duty = one_line(pgettext_lazy("of a party", "Its part"))
    representative = one_line(gettext_lazy("Who represents it"))
    office = one_line(gettext_lazy("In which office"))
    address = one_line(gettext_lazy("Address"))
    burdens_people = forms.ChoiceField(
        label=gettext_lazy("Does the plan burden the community and the region?"),
        choices=Answer.choices,
        required=False,
    )
    in_budget = forms.ChoiceField(
        label=gettext_lazy("Is the money in the budget of the year?"),
        choices=Answer.choices,
        required=False,
    )
    joined_on = day_field(gettext_lazy("Joined on, if later than the others"))
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        present: PartyDetails | None = None,
        acts: bool = True,
        keeps: bool = True,
        dated: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.present, self.keeps = present, keeps
        for name in () if dated else ("joined_on",):
            del self.fields[name]
        for name in OWN_ANSWERS if not acts else ():
            del self.fields[name]
        for name in ("kind", "name") if not keeps else ():
            del self.fields[name]
        for name, limit in PARTY_LENGTHS.items():
            if name in self.fields:
                self.fields[name].widget.attrs["maxlength"] = limit

    def kept_region(self, name: str) -> str:
        """Return the region of a party that is still the same."""
        now = self.present
        same = now is not None and (not self.keeps or self.cleaned_data.get("kind") == now.kind)
        if now is None or not same or (self.keeps and name != now.name):
            return ""
        return now.region_code

    def details(self) -> PartyDetails:
        """Return the details of a valid form; what it does not ask for stays."""
        asked = {f.name for f in fields(PartyDetails)} & set(self.cleaned_data)
        there = {name: self.cleaned_data[name] for name in asked}
        usual = self.present or PartyDetails("", REGION)
        values = {f.name: there.get(f.name, getattr(usual, f.name)) for f in fields(PartyDetails)}
        return PartyDetails(**{**values, "region_code": self.region_code})


class NewPartyForm(PartyForm):
    """A new party."""

    once = token_field()


class ConnectForm(RefusingForm):
    """Which organisation acts for a party; none takes it off."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=gettext_lazy("none"),
        error_messages={"invalid_choice": gettext_lazy("Choose one of the list.")},
    )

    def __init__(self, *args: Any, region: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        if isinstance(field, forms.ModelChoiceField):
            rows = Organisation.objects.filter(deleted_at=None)
            field.queryset = rows.filter(region_code__in=["", region]) if region else rows
            field.queryset = field.queryset.order_by("name")
