"""The form by which a ballot in preparation is changed: its options are worded, moved, taken out, added."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from sinergi.accounts.texts import printable, small_number
from sinergi.forums.details import LENGTHS, MOST_OPTIONS, BallotDetails
from sinergi.forums.forms.ballots import BallotForm
from sinergi.forums.models import Ballot, Option, Theme
from sinergi.opportunities.lists.forms import line

TEXT, ORDER = "option_", "order_"
"""Names of the fields of an option, before its number: what it says, and at which place."""
QUORUM = ("quorum_rule", "quorum", "quorum_base")
FIELDS = ("question", "method", "places", *QUORUM, "secret", "weighted")


class BallotChangeForm(BallotForm):
    """What a ballot asks, with two fields for each option; one that is emptied is taken out.

    An option that somebody else took out meanwhile keeps its fields as long as they are sent, so that its
    writer is told.

    Parameters
    ----------
    ballot
        As it stands now.
    themes
        Those of the forum that are in use; those that are no options yet may become some.
    """

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, ballot: Ballot, themes: Iterable[Theme], **more: Any) -> None:
        self.rows = {option.pk: option for option in ballot.options.select_related("theme")}
        used = {option.theme_id for option in self.rows.values()}
        if data is not None:
            data = _without_themes(data, used)
        unused = [theme for theme in themes if theme.pk not in used]
        super().__init__(data, themes=unused, initial=written(ballot), **more)
        del self.fields["once"]
        self.fields["options"].label = _("Further options, one a line")
        self.fields["themes"].label = _("Themes that become options, too")
        self.numbers = [*self.rows, *sorted(_numbers(data or {}) - {*self.rows})]
        for number in self.numbers:
            self._add(number, self.rows.get(number))

    def _add(self, number: int, option: Option | None) -> None:
        place = str(option.position) if option else "–"
        text = line(_("Option %(number)s") % {"number": place})
        text.widget.attrs["maxlength"] = LENGTHS["option"]
        self.fields[f"{TEXT}{number}"] = text
        self.fields[f"{ORDER}{number}"] = forms.IntegerField(
            required=False,
            label=_("Place of option %(number)s") % {"number": place},
            min_value=1,
            max_value=MOST_OPTIONS,
        )

    @property
    def lines(self) -> list[tuple[Option | None, forms.BoundField, forms.BoundField]]:
        """The options as they stand, each with its two fields."""
        return [
            (self.rows.get(number), self[f"{ORDER}{number}"], self[f"{TEXT}{number}"])
            for number in self.numbers
        ]

    def present(self) -> dict[str, Any]:
        """Return what stands now, by field, to be held against what was sent; after `is_valid`.

        Fields of an option that its writer could not see count as left empty. Places that the writer left
        as they were take the present ones without a word.
        """
        now = written_of(self.initial, FIELDS)
        data: Any = self.data
        for number in self.numbers:
            text, order, row = f"{TEXT}{number}", f"{ORDER}{number}", self.rows.get(number)
            now[text] = row.text if row else ""
            if text not in data:
                data[text] = data[self.add_initial_prefix(text)] = ""
            place = str(row.position) if row else ""
            if row is None or data.get(order, "") == data.get(self.add_initial_prefix(order), ""):
                data[order] = data[self.add_initial_prefix(order)] = place
                self.fields[order].show_hidden_initial = True
            else:
                now[order] = row.position
        return now

    def changed(self) -> tuple[BallotDetails, list[int | None]]:
        """Return the details of a valid form, and which option each of its options was."""
        added = super().details()
        there = [
            (self._rank(number), printable(self.cleaned_data[f"{TEXT}{number}"]), number)
            for number in self.numbers
        ]
        kept = [(text, number) for _rank, text, number in sorted(there) if text]
        options = [(text, self._theme(number)) for text, number in kept]
        numbers = [number if number in self.rows else None for _text, number in kept]
        details = BallotDetails(
            **{name: getattr(added, name) for name in FIELDS},
            options=(*options, *added.options),
        )
        return details, [*numbers, *([None] * len(added.options))]

    def _theme(self, number: int) -> int | None:
        return self.rows[number].theme_id if number in self.rows else None

    def _rank(self, number: int) -> tuple[int, int, int]:
        """Return by what an option is put in order: moved up it goes before what stands there, down after."""
        last = MOST_OPTIONS + 1
        was = self.rows[number].position if number in self.rows else last
        place = self.cleaned_data[f"{ORDER}{number}"] or was
        return place, (place > was) - (place < was), was


def written(ballot: Ballot) -> dict[str, Any]:
    """Return the values with which the form begins."""
    values = {name: getattr(ballot, name) for name in FIELDS}
    for option in ballot.options.all():
        values |= {f"{TEXT}{option.pk}": option.text, f"{ORDER}{option.pk}": option.position}
    return {**values, "revision": ballot.revision}


def written_of(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return some of the values."""
    return {name: values[name] for name in names}


def _without_themes(data: QueryDict, used: set[int | None]) -> QueryDict:
    """Return what was sent, as a copy, without themes that have become options meanwhile."""
    kept = data.copy()
    kept.setlist("themes", [one for one in data.getlist("themes") if one not in map(str, used)])
    return kept


def _numbers(data: Mapping[str, Any]) -> set[int]:
    """Return the numbers of the options that a form names."""
    found = {small_number(name.removeprefix(TEXT)) for name in data if name.startswith(TEXT)}
    return set(sorted(one for one in found if one is not None)[: 2 * MOST_OPTIONS])
