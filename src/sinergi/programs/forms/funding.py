"""The form in which a situation is told, for which funding is asked; the address is its state."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from sinergi.programs.amounts import Unclear, read_amount
from sinergi.programs.forms.money import government
from sinergi.programs.funding import LineFacts, authority_of, physical_of
from sinergi.programs.funding.facts import affair_of, further_of, level_of, routine_of
from sinergi.programs.funding.words import LEVELS
from sinergi.programs.models import Readiness
from sinergi.reference import queries as reference
from sinergi.reference.rupiah import minor

FIRST_YEAR, LAST_YEAR = 2020, 2060
NOT_SAID = ("", gettext_lazy("not known"))
YES_NO = (NOT_SAID, ("ya", gettext_lazy("yes")), ("tidak", gettext_lazy("no")))
TRUTH = {"ya": True, "tidak": False}


class SituationForm(forms.Form):
    """Who would do what, when, and how far it is; everything may be left open."""

    wilayah = forms.CharField(label=gettext_lazy("Government"), max_length=80, required=False)
    kode = forms.CharField(label=gettext_lazy("Activity code"), max_length=20, required=False)
    judul = forms.CharField(label=gettext_lazy("What is done"), max_length=200, required=False)
    objek = forms.ChoiceField(label=gettext_lazy("Cooperation object"), required=False)
    urusan = forms.ChoiceField(label=gettext_lazy("Affair"), required=False)
    kewenangan = forms.ChoiceField(
        label=gettext_lazy("Authority"), choices=[NOT_SAID, *LEVELS.items()], required=False
    )
    fisik = forms.ChoiceField(label=gettext_lazy("Physical works"), choices=YES_NO, required=False)
    kerja_sama = forms.ChoiceField(
        label=gettext_lazy("Regions do it together"), choices=YES_NO, required=False
    )
    desa = forms.ChoiceField(
        label=gettext_lazy("Done by a village"), choices=YES_NO, required=False
    )
    tahun = forms.IntegerField(
        label=gettext_lazy("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    jumlah = forms.CharField(label=gettext_lazy("Amount"), max_length=60, required=False)
    lahan = forms.ChoiceField(label=gettext_lazy("Land"), choices=Readiness.choices, required=False)
    desain = forms.ChoiceField(
        label=gettext_lazy("Design"), choices=Readiness.choices, required=False
    )
    izin = forms.ChoiceField(
        label=gettext_lazy("Permits"), choices=Readiness.choices, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "id"
        named = [NOT_SAID]
        self.fields["urusan"].choices = [  # type: ignore[attr-defined]
            *named,
            *(
                (one.code, f"{one.code} {one.name(language)}")
                for one in reference.affairs().values()
            ),
        ]
        self.fields["objek"].choices = [  # type: ignore[attr-defined]
            *named,
            *((one.code, one.name(language)) for one in reference.catalogue().values()),
        ]

    def clean_wilayah(self) -> str:
        """Return the code of the government that is meant."""
        return government(self.cleaned_data["wilayah"])

    def clean_jumlah(self) -> Decimal | None:
        """Return the amount in rupiah."""
        told = str(self.cleaned_data["jumlah"]).strip()
        if not told:
            return None
        try:
            return read_amount(told)
        except Unclear as error:
            raise forms.ValidationError(str(error)) from None

    def facts(self) -> LineFacts:
        """Return what is told, as funding sees it; what is wrong is left unknown."""
        told = self.cleaned_data
        code = told.get("kode", "")
        known = reference.catalogue().get(told.get("objek", ""))
        physical, source = self._physical(known)
        amount = told.get("jumlah")
        authority = told.get("kewenangan") or authority_of(code)
        if not authority and known and len(known.authority) == 1:
            authority = known.authority[0]
        affair = told.get("urusan") or affair_of(code) or (known.affair if known else "")
        return LineFacts(
            level=level_of(told.get("wilayah", "")),
            further=further_of(told.get("wilayah", ""), affair),
            authority=authority,
            affair=affair,
            code=code,
            physical=physical,
            physical_from=source,
            year=told.get("tahun"),
            land=told.get("lahan", ""),
            design=told.get("desain", ""),
            permits=told.get("izin", ""),
            cooperation=TRUTH.get(told.get("kerja_sama", ""), True if known else None),
            village=TRUTH.get(told.get("desa", "")),
            amount=None if amount is None else minor(amount),
            usual=known.funding if known else (),
            routine=routine_of(code, (told.get("judul", ""),), physical=physical),
        )

    def _physical(self, known: Any) -> tuple[bool | None, str]:
        told = TRUTH.get(self.cleaned_data.get("fisik", ""))
        if told is not None:
            return told, "typed"
        if known:
            return known.physical, "object"
        words = physical_of([self.cleaned_data.get("judul", "")], reference.work_words())
        return words, "words" if words is not None else ""
