"""Forms of changes: what is asked depends on the kind; and of what becomes of all that is still owed."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinergi.accounts.forms import RefusingForm
from sinergi.accounts.once import new_token
from sinergi.agreements.changes import OF_A_PARTY, TEXTS, ChangeDetails
from sinergi.agreements.forms.files import AttachmentChoice
from sinergi.agreements.forms.register import FIRST_YEAR, LAST_YEAR
from sinergi.agreements.models import Agreement, ChangeKind, Obligation, Party
from sinergi.agreements.register_words import choices, terms
from sinergi.forums.forms.fields import lines, one_line
from sinergi.programs.queries.words import region_choices

SUCCESSORS = 4
"""Into how many regions a party can be split; law has made three of one at most."""
DESCRIBED = ("name", "kind", "region_code", "agency", "duty", "representative", "office")
LIMITS = {"name": 200, "agency": 200, "duty": 80, "representative": 160, "office": 160}
LABELS = {
    "title": _("Title of the agreement"),
    "purpose": _("Purpose"),
    "scope": _("Scope"),
    "place": _("Place"),
    "funding": _("Funding"),
    "benefits": _("Benefits"),
    "impact": _("Impact"),
}
LINES = frozenset({"title", "place"})


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """Return a field for a day that a calendar of agreements has."""
    limits = {"min": f"{FIRST_YEAR}-01-01", "max": f"{LAST_YEAR}-12-31"}
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date", **limits}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a day that exists, such as 2026-11-23.")},
    )


class ChangeForm(RefusingForm):
    """What somebody proposes to change."""

    title = one_line(_("What changes, in a few words"), required=True)
    on = day_field(_("Day of the cause: agreed, decided, happened"))
    effective = day_field(_("Holds from"))
    text = lines(_("What was agreed or happened"), 4)
    attachment = AttachmentChoice(label=_("Document"))
    once = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput, initial=new_token
    )

    def __init__(
        self, *args: Any, kind: str, agreement: Agreement, parties: Sequence[Party], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.obligations = kind, list[Obligation]()
        own = self.fields["attachment"]
        assert isinstance(own, AttachmentChoice)
        own.of(agreement)
        if kind in OF_A_PARTY:
            self._ask_party(parties)
        asking = {
            ChangeKind.ENDING: self._ask_ground,
            ChangeKind.EXTENSION: self._ask_end,
            ChangeKind.ADDENDUM: self._ask_texts,
            ChangeKind.JOINING: self._ask_newcomer,
            ChangeKind.TRANSFER: self._ask_newcomer,
            ChangeKind.SUCCESSION: self._ask_successors,
        }
        ask = asking.get(ChangeKind(kind))
        if ask is not None:
            ask(agreement)

    def _ask_party(self, parties: Iterable[Party]) -> None:
        self.fields["party"] = forms.TypedChoiceField(
            label=_("Party"),
            coerce=int,
            choices=[("", "–"), *((str(one.pk), one.name) for one in parties)],
        )

    def _ask_ground(self, _agreement: Agreement) -> None:
        found = [("", "–"), *choices(terms("end_ground"))]
        self.fields["ground"] = forms.ChoiceField(label=_("Ground"), choices=found)

    def _ask_end(self, agreement: Agreement) -> None:
        self.fields["ends"] = day_field(_("New last day"))
        self.fields["ends"].initial = agreement.ends

    def _ask_texts(self, agreement: Agreement) -> None:
        for name in TEXTS:
            label = LABELS[name]
            self.fields[f"new_{name}"] = one_line(label) if name in LINES else lines(label, 3)
            self.fields[f"new_{name}"].initial = getattr(agreement, name)
        for name, label in (("begins", _("First day")), ("ends", _("Last day"))):
            self.fields[f"new_{name}"] = day_field(label, required=False)
            self.fields[f"new_{name}"].initial = getattr(agreement, name)

    def _ask_newcomer(self, _agreement: Agreement) -> None:
        self.fields["name"] = one_line(_("Name of the party"), required=True)
        self.fields["party_kind"] = forms.ChoiceField(
            label=_("What it is"), choices=choices(terms("partner_kind"))
        )
        regions = [("", "–"), *region_choices()[1:]]
        self.fields["region_code"] = forms.ChoiceField(
            label=_("Region"), required=False, choices=regions
        )
        self.fields["agency"] = one_line(_("Agency"))
        self.fields["duty"] = one_line(pgettext_lazy("of a party", "Duty"))
        self.fields["representative"] = one_line(_("Represented by"))
        self.fields["office"] = one_line(_("Office"))
        if self.kind == ChangeKind.TRANSFER:
            label = _("It takes over what is late, too")
            self.fields["arrears"] = forms.BooleanField(label=label, required=False)

    def _ask_successors(self, agreement: Agreement) -> None:
        regions = [("", "–"), *region_choices()[1:]]
        for place in range(1, SUCCESSORS + 1):
            label = _("Successor %(n)s") % {"n": place}
            self.fields[f"successor_{place}"] = forms.ChoiceField(
                label=label, required=False, choices=regions
            )
        self.fields["stays"] = forms.BooleanField(
            label=_("The old party goes on beside them"), required=False
        )
        rows = Obligation.objects.filter(agreement=agreement, removed_at=None)
        self.obligations = list(rows.select_related("debtor", "creditor").order_by("number"))
        takers = [
            ("", _("stays; the first successor if the party goes")),
            *((str(n), _("Successor %(n)s") % {"n": n}) for n in range(1, SUCCESSORS + 1)),
        ]
        for one in self.obligations:
            self.fields[f"obligation_{one.pk}"] = forms.ChoiceField(
                label=f"{one.number}. {one.text[:120]}", required=False, choices=takers
            )

    def of_kind(self) -> list[Any]:
        """Return the fields that this kind alone asks for, without those of obligations."""
        usual = {"title", "on", "effective", "text", "attachment", "once"}
        names = [n for n in self.fields if n not in usual and not n.startswith("obligation_")]
        return [self[name] for name in names]

    def of_obligations(self) -> list[Any]:
        """Return the fields that say who takes which obligation."""
        return [self[f"obligation_{one.pk}"] for one in self.obligations]

    def details(self) -> ChangeDetails:
        """Return what a valid form proposes."""
        data = self.cleaned_data
        return ChangeDetails(
            self.kind,
            data["title"],
            data["on"],
            data["effective"],
            data["text"],
            data.get("party"),
            data.get("ground", ""),
            self._after(data),
        )

    def _after(self, data: dict[str, Any]) -> dict[str, Any]:
        if self.kind == ChangeKind.EXTENSION:
            return {"ends": data["ends"]}
        if self.kind == ChangeKind.ADDENDUM:
            return {n.removeprefix("new_"): v for n, v in data.items() if n.startswith("new_")}
        if self.kind in (ChangeKind.JOINING, ChangeKind.TRANSFER):
            told = {name: data.get("party_kind" if name == "kind" else name) for name in DESCRIBED}
            more = {"arrears": data["arrears"]} if "arrears" in data else {}
            return {"party": told, **more}
        if self.kind == ChangeKind.SUCCESSION:
            return self._succession(data)
        return {}

    def _succession(self, data: dict[str, Any]) -> dict[str, Any]:
        codes = {str(n): data[f"successor_{n}"] for n in range(1, SUCCESSORS + 1)}
        names = dict(region_choices())
        chosen = list(dict.fromkeys(code for code in codes.values() if code))
        takes = {
            str(one.pk): codes.get(data[f"obligation_{one.pk}"], "") for one in self.obligations
        }
        return {
            "successors": [{"region_code": code, "name": names[code]} for code in chosen],
            "obligations": {number: code for number, code in takes.items() if code},
            "stays": data["stays"],
        }

    def clean(self) -> dict[str, Any]:
        """Refuse names that are longer than their fields."""
        data = super().clean() or self.cleaned_data
        for name, limit in LIMITS.items():
            if name in self.fields and len(data.get(name) or "") > limit:
                told = _("Too long: at most %(limit)s characters.") % {"limit": limit}
                self.add_error(name, str(told))
        if self.kind == ChangeKind.ADDENDUM and not data.get("new_title", "-"):
            self.add_error("new_title", str(_("An agreement has a title.")))
        if len(data.get("new_title") or "") > 400 or len(data.get("new_place") or "") > 300:
            self.add_error(None, str(_("Title or place of the agreement are too long.")))
        return data
