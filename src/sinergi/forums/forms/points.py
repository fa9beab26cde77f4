"""Forms of points: what a browser sends becomes details that actions accept."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from sinergi.accounts.forms import RefusingForm
from sinergi.forums import words
from sinergi.forums.actions.points import Origin
from sinergi.forums.details import LENGTHS, NewsDetails, PointDetails
from sinergi.forums.fates import Fate, choices
from sinergi.forums.models import Forum, Point, StrategicIssue, Theme
from sinergi.opportunities.lists.forms import line, token_field
from sinergi.opportunities.lists.forms import text as lines_of
from sinergi.reference import queries as reference

Choices = list[tuple[str, Any]]


class PartForm(RefusingForm):
    """A form of a part of a forum: labels are the words of forums, and a long paste is told, not cut."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in words.FIELDS:
                field.label = capfirst(words.field_name(name))
            if name in LENGTHS and isinstance(field.widget, forms.TextInput):
                field.widget.attrs["maxlength"] = LENGTHS[name]


class CodesSelect(forms.SelectMultiple):
    """A choice of several codes that is kept as one text, so that two versions of it can be compared."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """Return the codes in order, joined by commas."""
        given = super().value_from_datadict(data, files, name) or []
        given = [given] if isinstance(given, str) else given
        return joined(code for one in given for code in one.split(","))

    def format_value(self, value: Any) -> list[str]:
        """Return the codes of a text."""
        return [one for one in str(value or "").split(",") if one]


def joined(codes: Iterable[str]) -> str:
    """Return codes as one text, the same for the same codes."""
    return ",".join(sorted({code.strip() for code in codes} - {""}))


def day_field() -> forms.DateField:
    """Return a field for a day that may be left empty."""
    told = {"invalid": gettext_lazy("Write the day as year-month-day, such as 2026-11-30.")}
    return forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=told,
    )


def affair_choices() -> Choices:
    """Return the affairs by code, after none."""
    language = get_language() or "id"
    there = [(one.code, f"{one.code} {one.name(language)}") for one in reference.affairs().values()]
    return [("", _("None named")), *sorted(there)]


def object_choices() -> Choices:
    """Return the cooperation objects by name."""
    language = get_language() or "id"
    there = [(one.code, one.name(language)) for one in reference.catalogue().values()]
    return sorted(there, key=lambda one: one[1])


class PointForm(PartForm):
    """What is written of a point."""

    number = forms.IntegerField(widget=forms.NumberInput(attrs={"min": 1, "max": 999}))
    title = line(required=True)
    text = lines_of(5)
    type = forms.ChoiceField()
    affair = forms.ChoiceField(required=False)
    objects_named = forms.CharField(required=False, widget=CodesSelect(attrs={"size": 6}))
    addressees = lines_of(3)
    owner_name = line()
    due = day_field()
    review = day_field()
    source = lines_of(2)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [("", _("Choose")), *Point.Type.choices]  # type: ignore[attr-defined]
        self.fields["affair"].choices = affair_choices()  # type: ignore[attr-defined]
        self.fields["objects_named"].widget.choices = object_choices()

    def details(self) -> PointDetails:
        """Return the details of a valid form."""
        values = self.cleaned_data
        lines = (one.strip() for one in values["addressees"].splitlines())
        return PointDetails(
            number=values["number"],
            title=values["title"],
            type=values["type"],
            text=values["text"],
            affair=values["affair"],
            objects_named=tuple(one for one in values["objects_named"].split(",") if one),
            addressees=tuple(one for one in lines if one),
            owner_name=values["owner_name"],
            due=values["due"],
            review=values["review"],
            source=values["source"],
        )


def written(details: PointDetails) -> dict[str, Any]:
    """Return details as the fields of a form hold them."""
    values = asdict(details)
    values["objects_named"] = joined(details.objects_named)
    values["addressees"] = "\n".join(details.addressees)
    return values


def _raised(issue: StrategicIssue) -> str:
    return f"{issue.title} – {issue.raised_by.name}" if issue.raised_by else issue.title


class NewPointForm(PointForm):
    """A new point, and the themes and issues that it is made of.

    Parameters
    ----------
    themes, issues
        Of the forum: what it may be made of.
    """

    themes = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Made of these themes"),
        widget=forms.CheckboxSelectMultiple,
    )
    issues = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Made of these issues"),
        widget=forms.CheckboxSelectMultiple,
    )
    once = token_field()

    def __init__(
        self,
        *args: Any,
        themes: Iterable[Theme] = (),
        issues: Iterable[StrategicIssue] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].choices = [(str(one.pk), one.title) for one in themes]  # type: ignore[attr-defined]
        self.fields["issues"].choices = [(str(one.pk), _raised(one)) for one in issues]  # type: ignore[attr-defined]

    def origin(self) -> Origin:
        """Return what the point is made of."""
        values = self.cleaned_data
        return Origin(tuple(map(int, values["themes"])), tuple(map(int, values["issues"])))


class WatchForm(PartForm):
    """By when a point is to be done and looked at again."""

    due = day_field()
    review = day_field()
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


class NewsForm(PartForm):
    """What became of a point.

    Parameters
    ----------
    now
        Its present status; only what may follow is offered, and the same again for other news. Whether
        what is sent may follow is for the action to say, which knows what happened meanwhile.
    """

    fate = forms.CharField(widget=forms.Select)
    day = day_field()
    text = lines_of(3)
    evidence = lines_of(2)
    link = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"})
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    once = token_field()

    def __init__(self, *args: Any, now: Fate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        same = _("still: %(status)s") % {"status": Point.Fates(now.value).label}
        offered: Choices = [("", _("Choose")), (now.value, same)]
        offered += [(one.value, Point.Fates(one.value).label) for one in choices(now)]
        self.fields["fate"].widget.choices = offered
        self.fields["day"].required = True

    def details(self) -> NewsDetails:
        """Return the details of a valid form."""
        names = ("fate", "day", "text", "evidence", "link")
        return NewsDetails(**{name: self.cleaned_data[name] for name in names})


class ForwardForm(PointForm):
    """Points of lower forums worded as one of a higher forum.

    Parameters
    ----------
    targets
        Forums that may take it.
    """

    forum = forms.ChoiceField(label=gettext_lazy("Forwarded to"))
    sent = day_field()
    once = token_field()

    def __init__(self, *args: Any, targets: Iterable[Forum] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forum"].choices = [(str(one.pk), one.title) for one in targets]  # type: ignore[attr-defined]
        self.fields["forum"].error_messages["invalid_choice"] = _(
            "Choose a forum that you may edit and that is at the stage “deliberating”."
        )
        self.fields["sent"].label = _("Sent on")


class EntryForm(PartForm):
    """An opportunity that speaks for a point, and the priority list that it is put on.

    Parameters
    ----------
    lists
        Number and name of the lists that the person may edit.
    keys
        Members of the opportunities that are offered, as `Opportunity.key`.
    """

    to = forms.ChoiceField(label=gettext_lazy("Priority list"))
    key = forms.ChoiceField(
        label=gettext_lazy("Opportunity"), error_messages={"required": gettext_lazy("Choose one.")}
    )
    once = token_field()

    def __init__(
        self,
        *args: Any,
        lists: Iterable[tuple[str, Any]] = (),
        keys: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [*lists]  # type: ignore[attr-defined]
        self.fields["key"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]
