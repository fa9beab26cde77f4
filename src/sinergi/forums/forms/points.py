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
from sinergi.forums.details import NewsDetails, PointDetails
from sinergi.forums.fates import Fate, choices
from sinergi.forums.forms.fields import CodesField, TextLines, Words, joined
from sinergi.forums.meaning import coded, parted, with_codes
from sinergi.forums.models import Point, StrategicIssue, Theme
from sinergi.opportunities.lists.forms import line, token_field
from sinergi.opportunities.lists.forms import text as lines_of
from sinergi.reference import queries as reference

Choices = list[tuple[str, Any]]
MOST_NUMBER, MOST_REVISION = 999, 10**9


class PartForm(RefusingForm):
    """A form of a part of a forum: labels are the words of forums, and a long paste is told, not cut.

    No field has a length for the browser, which would cut off what somebody pastes without a word.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in words.FIELDS:
                field.label = capfirst(words.field_name(name))


def revision_field() -> forms.IntegerField:
    """Return the hidden field with the revision that a person saw; no number of a browser overflows it."""
    return forms.IntegerField(
        required=False, min_value=0, max_value=MOST_REVISION, widget=forms.HiddenInput
    )


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


class PointForm(PartForm):
    """What is written of a point."""

    number = forms.IntegerField(max_value=MOST_NUMBER, widget=forms.NumberInput(attrs={"min": 1}))
    title = line(required=True)
    text = lines_of(5)
    type = forms.ChoiceField()
    affair = forms.ChoiceField(required=False)
    objects_named = CodesField(required=False)
    addressees = Words(
        required=False, widget=TextLines("point-names", gettext_lazy("Addressed to"))
    )
    owner_name = forms.CharField(
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "point-owners"}),
    )
    due = day_field()
    review = day_field()
    evidence = lines_of(2)
    links = lines_of(2)
    source = lines_of(2)
    revision = revision_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [("", _("Choose")), *Point.Type.choices]  # type: ignore[attr-defined]
        self.fields["affair"].choices = affair_choices()  # type: ignore[attr-defined]

    def details(self) -> PointDetails:
        """Return the details of a valid form."""
        values = self.cleaned_data
        named = [parted(one) for one in values["addressees"].splitlines() if one.strip()]
        owner = parted(values["owner_name"])
        return PointDetails(
            number=values["number"],
            title=values["title"],
            type=values["type"],
            text=values["text"],
            affair=values["affair"],
            objects_named=tuple(values["objects_named"].split()),
            addressees=tuple(name for name, _code in named),
            owner_name=owner[0],
            due=values["due"],
            review=values["review"],
            source=values["source"],
            evidence=values["evidence"],
            links=values["links"],
            meant=tuple((name, code) for name, code in [*named, owner] if code),
        )


def written(details: PointDetails) -> dict[str, Any]:
    """Return details as the fields of a form hold them."""
    values = asdict(details)
    values["objects_named"] = joined(details.objects_named)
    meant = dict(values.pop("meant"))
    values["addressees"] = "\n".join(with_codes(details.addressees, meant))
    values["owner_name"] = coded(details.owner_name, meant.get(details.owner_name, ""))
    return values


def _raised(issue: StrategicIssue) -> str:
    return f"{issue.title} – {issue.raised_by.name}" if issue.raised_by else issue.title


class NewPointForm(PointForm):
    """A new point, and the themes and issues that it is made of.

    Parameters
    ----------
    themes, issues
        Of the forum: what it may be made of. `taken` says of which of them values were taken over.
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
    taken = forms.CharField(required=False, widget=forms.HiddenInput)
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
    revision = revision_field()


class NewsForm(PartForm):
    """What became of a point.

    Parameters
    ----------
    now
        Its present status; only what may follow is offered, and the same again for other news. Whether
        what is sent may follow is for the action to say, which knows what happened meanwhile.
    asked
        Whether those write it to whom the point is addressed.
    """

    fate = forms.CharField(widget=forms.Select)
    day = day_field()
    text = lines_of(3)
    evidence = lines_of(2)
    link = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"})
    )
    review = day_field()
    revision = revision_field()
    once = token_field()

    def __init__(self, *args: Any, now: Fate, asked: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        same = _("still: %(status)s") % {"status": Point.Fates(now.value).label}
        offered: Choices = [("", _("Choose")), (now.value, same)]
        following = choices(now, asked=asked)
        offered += [(one.value, Point.Fates(one.value).label) for one in following]
        self.fields["fate"].widget.choices = offered
        self.fields["day"].required = True

    def details(self) -> NewsDetails:
        """Return the details of a valid form."""
        names = ("fate", "day", "text", "evidence", "link", "review")
        return NewsDetails(**{name: self.cleaned_data[name] for name in names})
