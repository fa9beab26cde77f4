"""Forms of transfers and joint objects: what a browser sends becomes details that actions accept."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from sinergi.accounts.errors import AccountsError, InvalidError
from sinergi.accounts.forms import RefusingForm
from sinergi.accounts.once import new_token
from sinergi.programs import amounts
from sinergi.programs.amounts import Unclear, read_amount, read_number
from sinergi.programs.funding.words import number
from sinergi.programs.joint import MOST_SHARES, JointDetails, ShareDetails, TransferDetails
from sinergi.programs.queries.joint_lines import IDENTITY
from sinergi.reference import queries as reference

NAMED = 4
"""Lines that a refusal names."""
Find = Callable[[str, str], list[str]]
"""Finds lines by words and government, each as a field holds it, with its identity at the end."""
SPARE = 3
"""Empty rows for further governments."""


def _line(label: Any, length: int, *, required: bool = False) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=length, required=required, widget=widget)


def government(told: str) -> str:
    """Return the code of the government that a text means; empty where none was written.

    Raises
    ------
    ValidationError
        When there is none, or there are several.
    """
    told = told.strip()
    code = told.partition(" ")[0]
    if not told or code in reference.pack().region:
        return code
    found = reference.find_region(told)
    if not found or (len(found) > 1 and found[0].score == found[1].score):
        text = _("No government is called “%(name)s”.") % {"name": told}
        if found:
            names = ", ".join(f"{one.name} ({one.code})" for one in found)
            text = _("“%(name)s” may be %(names)s.") % {"name": told, "names": names}
        raise forms.ValidationError(text)
    return str(found[0].code)


def region_meant(told: str) -> str:
    """Return the code of the government that a text means; empty where that is not clear."""
    try:
        return government(told)
    except forms.ValidationError:
        return ""


def money(told: str) -> Decimal | None:
    """Return the rupiah of a text; None where none was written.

    Raises
    ------
    ValidationError
    """
    try:
        return read_amount(told) if told.strip() else None
    except Unclear as error:
        raise forms.ValidationError(str(error)) from None


class _New(RefusingForm):
    """What every form here has: organisation, revision, and a token against sending twice."""

    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)
    once = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput, initial=new_token
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisations: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(one.pk), one.name) for one in organisations]
        if not found:
            del self.fields["organisation"]
            return
        field = self.fields["organisation"]
        field.required = True
        field.choices = found if len(found) == 1 else [("", _("Choose an organisation")), *found]  # type: ignore[attr-defined]


class TransferForm(_New):
    """A transfer from one government to another."""

    giver = _line(gettext_lazy("Who gives"), 80, required=True)
    receiver = _line(gettext_lazy("Who receives"), 80, required=True)
    year = forms.IntegerField(label=gettext_lazy("Year"))
    amount = _line(gettext_lazy("Amount"), 60, required=True)
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), required=False)
    source = _line(gettext_lazy("Where this is known from"), 300)
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "id"
        channels = reference.funding_channels().values()
        named = [(one.code, one.name(language)) for one in channels]
        self.fields["channel"].choices = [("", _("not known")), *named]  # type: ignore[attr-defined]

    def clean_giver(self) -> str:
        """Return the code of who gives."""
        return government(self.cleaned_data["giver"])

    def clean_receiver(self) -> str:
        """Return the code of who receives."""
        return government(self.cleaned_data["receiver"])

    def clean_amount(self) -> Decimal | None:
        """Return the amount in rupiah."""
        return money(self.cleaned_data["amount"])

    def details(self) -> TransferDetails:
        """Return the details of a valid form."""
        names = ("giver", "receiver", "year", "amount", "channel", "source", "note")
        return TransferDetails(**{name: self.cleaned_data[name] for name in names})


class ShareForm(forms.Form):
    """One government in a joint object; a row without a government is left out."""

    region_code = _line(gettext_lazy("Government"), 80)
    pays = forms.BooleanField(label=gettext_lazy("pays"), required=False)
    holds = forms.BooleanField(label=gettext_lazy("holds"), required=False)
    amount = _line(gettext_lazy("Fixed amount"), 60)
    parts = _line(pgettext_lazy("of a payer", "Part"), 30)
    identity = _line(gettext_lazy("Its line"), 300)

    def __init__(self, *args: Any, find: Find | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._find = find
        self.fields["identity"].widget.attrs["list"] = f"{self.prefix}-baris"

    def clean_region_code(self) -> str:
        """Return the code of the government."""
        return government(self.cleaned_data["region_code"])

    def clean_amount(self) -> Decimal | None:
        """Return the fixed amount in rupiah."""
        return money(self.cleaned_data["amount"])

    def clean_parts(self) -> Decimal | None:
        """Return the part as a number."""
        told = self.cleaned_data["parts"].strip()
        try:
            return read_number(told) if told else None
        except Unclear as error:
            raise forms.ValidationError(str(error)) from None

    def clean_identity(self) -> UUID | None:
        """Return the identity of a line, from itself or from the address of a page that has it."""
        told = self.cleaned_data["identity"].strip()
        if not told:
            return None
        found = IDENTITY.search(told)
        if found is None and self._find is not None:
            found = IDENTITY.search(self._only(self._find(told, self._region())))
        if found is None:
            raise forms.ValidationError(
                _("No line is found by these words. Choose one of the list, or leave it open.")
            )
        return UUID(found[0])

    def _region(self) -> str:
        return str(self.cleaned_data.get("region_code") or "")

    def _only(self, lines: list[str]) -> str:
        """Return the only line that fits; empty where none does.

        Raises
        ------
        ValidationError
            Where several fit.
        """
        if len(lines) > 1:
            named = "; ".join(" · ".join(one.split(" · ")[:-1]) for one in lines[:NAMED])
            text = _("Several lines fit: %(lines)s. Write more words, or choose one of the list.")
            raise forms.ValidationError(text % {"lines": named})
        return next(iter(lines), "")

    def clean(self) -> dict[str, Any]:
        """Refuse a row that tells something but names no government."""
        told: dict[str, Any] = self.cleaned_data
        rest = [told.get(name) for name in ("holds", "amount", "parts", "identity")]
        if not told.get("region_code") and any(rest) and "region_code" not in self.errors:
            self.add_error("region_code", _("Name the government."))
        return told

    def details(self) -> ShareDetails:
        """Return the details of a valid row."""
        names = ("region_code", "pays", "holds", "amount", "parts", "identity")
        return ShareDetails(**{name: self.cleaned_data[name] for name in names})


Shares = forms.formset_factory(
    ShareForm, extra=SPARE, max_num=MOST_SHARES, absolute_max=MOST_SHARES + SPARE
)


class JointForm(_New):
    """A joint object; its governments are the rows of `shares`."""

    title = _line(gettext_lazy("What is shared"), 200, required=True)
    year = forms.IntegerField(label=gettext_lazy("Year"))
    object_code = forms.ChoiceField(label=gettext_lazy("Cooperation object"), required=False)
    region_code = _line(gettext_lazy("Where it lies"), 80)
    total = _line(gettext_lazy("Cost in the year"), 60)
    measure = _line(gettext_lazy("Parts are counted in"), 40)
    source = _line(gettext_lazy("Where this is known from"), 300)
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        data: Any = None,
        *,
        rows: list[dict[str, Any]] | None = None,
        find: Find | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        language = get_language() or "id"
        objects = [(one.code, one.name(language)) for one in reference.catalogue().values()]
        self.fields["object_code"].choices = [("", _("none of the catalogue")), *objects]  # type: ignore[attr-defined]
        self.shares = Shares(data, initial=rows or [], prefix="pihak", form_kwargs={"find": find})

    def clean_region_code(self) -> str:
        """Return the code of where it lies."""
        return government(self.cleaned_data["region_code"])

    def clean_total(self) -> Decimal | None:
        """Return the cost in rupiah."""
        return money(self.cleaned_data["total"])

    def is_valid(self) -> bool:
        """Whether the object and all its rows can be read."""
        return bool(super().is_valid() & self.shares.is_valid())

    def _rows(self) -> list[ShareForm]:
        return [row for row in self.shares if row.cleaned_data.get("region_code")]

    def details(self) -> JointDetails:
        """Return the details of a valid form."""
        names = (
            "title",
            "year",
            "object_code",
            "region_code",
            "total",
            "measure",
            "source",
            "note",
        )
        values = {name: self.cleaned_data[name] for name in names}
        return JointDetails(**values, shares=tuple(row.details() for row in self._rows()))

    def refuse(self, error: AccountsError) -> None:
        """Show a refusal, that of a share at its row."""
        if not isinstance(error, InvalidError):
            super().refuse(error)
            return
        rows = self._rows()
        rest = dict(error.fields)
        for place, row in enumerate(rows):
            if told := rest.pop(f"shares.{place}", ""):
                row.add_error("region_code", told)
        super().refuse(InvalidError(rest))


def governed(code: str) -> str:
    """Return a government as the fields of these forms read it: its code with its name."""
    known = reference.pack().region.get(code)
    return f"{code} {known.name}" if known else code


def written(amount: Decimal | None) -> str:
    """Return a part as the fields of these forms read it."""
    return "" if amount is None else amounts.number_written(amount)


def shown(amount: Decimal | None) -> str:
    """Return an amount for people; missing is a dash."""
    return "–" if amount is None else f"Rp {number(amount)}"


def rupiah_written(amount: Decimal | None) -> str:
    """Return an amount as the fields of these forms read it: thousands with points."""
    return "" if amount is None else amounts.written(amount)
