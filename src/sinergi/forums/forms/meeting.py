"""Forms of the meeting: what it is, its agenda and documents, who comes."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.forms import RefusingForm
from sinergi.forums import zones
from sinergi.forums.actions.documents import MEDIA_TYPES
from sinergi.forums.actions.invitations import MOST_WEIGHT
from sinergi.forums.details import FIRST_YEAR, LAST_YEAR, AgendaDetails, ForumDetails
from sinergi.forums.models import AgendaItem, Forum
from sinergi.opportunities.lists.forms import OfOrganisation, line, text, token_field
from sinergi.reference import queries as reference

DAY = "%Y-%m-%d"
CLOCK = "%H:%M"
Choices = Sequence[tuple[str, Any]]


def day_field(label: Any, *, required: bool = False) -> forms.DateField:
    """Return a field for a day."""
    limits = {"min": date(FIRST_YEAR, 1, 1).isoformat(), "max": date(LAST_YEAR, 12, 31).isoformat()}
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date", **limits}, format=DAY),
        error_messages={"invalid": _("Write the day as year-month-day, such as 2026-04-21.")},
    )


def clock_field(label: Any) -> forms.TimeField:
    """Return a field for a time of the day."""
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format=CLOCK),
        error_messages={"invalid": _("Write the time as hours and minutes, such as 09:30.")},
    )


class MeetingForm(RefusingForm):
    """A form of the meeting.

    How long its texts may be is judged by the action: a browser that cut them off would lose what was
    written.
    """


class ForumForm(MeetingForm):
    """What is written about a meeting."""

    title = line(_("Title"), required=True)
    type = forms.ChoiceField(label=_("Kind of meeting"))
    theme = line(_("Theme"))
    purpose = forms.CharField(
        label=_("Purpose"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    host = line(_("Host"))
    place = line(_("Place"))
    region_code = forms.ChoiceField(label=_("Region of the place"), required=False)
    begins = day_field(_("First day"))
    ends = day_field(_("Last day"))
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    contact = line(_("Whom to ask"))
    source = forms.CharField(
        label=_("Source"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("type", [("", _("Choose one")), *Forum.Type.choices])
        self._choose("region_code", region_choices())
        self._choose("time_zone", zone_choices(str(self.initial.get("time_zone") or "")))

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def details(self) -> ForumDetails:
        """Return the details of a valid form."""
        return ForumDetails(
            **{one.name: self.cleaned_data[one.name] for one in fields(ForumDetails)}
        )


class NewForumForm(OfOrganisation, ForumForm):
    """A new forum, and whose it will be."""


def zone_choices(now: str) -> list[tuple[str, Any]]:
    """Return the zones in which the clock of a meeting may be read; `now` is in it, too."""
    names = zones.known()
    names += [now] if now and now not in names else []
    named = [(name, f"{zones.short(name)} ({name})") for name in names]
    return [("", _("That of the place")), *named]


def region_choices() -> list[tuple[str, Any]]:
    """Return the regencies and cities of the reference by province, and the provinces."""
    there = [one for one in reference.pack().regions if one.valid_to is None]
    provinces = {one.code: one.name for one in there if one.level == "province"}
    groups: list[tuple[str, Any]] = [("", _("Not in the list"))]
    for code, name in sorted(provinces.items(), key=lambda pair: pair[1]):
        parts = sorted((one.name, one.code) for one in there if one.parent == code)
        groups.append((name, [(code, name), *((number, part) for part, number in parts)]))
    return groups


class AgendaForm(MeetingForm):
    """An item for the agenda."""

    title = line(_("What happens"), required=True)
    kind = forms.ChoiceField(label=_("Kind"), choices=AgendaItem.Kind.choices)
    day = day_field(_("Day"), required=True)
    begins = clock_field(_("Begins at"))
    ends = clock_field(_("Ends at"))
    place = line(_("Place"))
    note = text(2)
    once = token_field()

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "auto_id": "acara-%s"})
        self.fields["note"].label = _("Note")
        self.fields["kind"].initial = AgendaItem.Kind.PLENARY
        day = self.fields["day"]
        day.initial = forum.begins
        if forum.begins:
            last = forum.ends or forum.begins
            day.widget.attrs |= {"min": forum.begins.isoformat(), "max": last.isoformat()}

    def details(self) -> AgendaDetails:
        """Return the details of a valid form."""
        names = (one.name for one in fields(AgendaDetails))
        return AgendaDetails(**{name: self.cleaned_data[name] for name in names})


class ChangedItemForm(AgendaForm):
    """An item of the agenda that is there already."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["once"]


class DocumentForm(MeetingForm):
    """A document for the meeting."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(MEDIA_TYPES)}),
        error_messages={"required": _("Choose a file.")},
    )
    title = line(_("Title (else the name of the file)"))
    open_to_all = forms.BooleanField(
        label=_("Open to whoever may read the forum, and to everybody once it is public"),
        required=False,
    )
    once = token_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "auto_id": "dokumen-%s"})


class ChangedDocumentForm(MeetingForm):
    """What may be changed of a document that is there already."""

    title = line(_("Title (else the name of the file)"))
    open_to_all = forms.BooleanField(
        label=_("Open to whoever may read the forum, and to everybody once it is public"),
        required=False,
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AnswerForm(MeetingForm):
    """Whether a delegation comes; the button says which."""

    note = text(2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("Note to the secretariat")


class DelegateForm(MeetingForm):
    """Somebody of a delegation."""

    office = line(_("Office"), required=True)
    name = line(_("Name"))
    once = token_field()


class WeightForm(MeetingForm):
    """With what weight a delegation votes where votes are weighted."""

    weight = forms.IntegerField(
        label=_("Weight"),
        widget=forms.NumberInput(attrs={"min": 1, "max": MOST_WEIGHT}),
        error_messages={"invalid": _("Write a whole number.")},
    )
