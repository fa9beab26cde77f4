"""Forms of portfolios: details, projects, ceilings, shares, rules and runs."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sinergi.accounts.forms import RefusingForm
from sinergi.accounts.once import new_token
from sinergi.accounts.texts import printable, small_number
from sinergi.forums.forms.fields import lines, one_line
from sinergi.opportunities.lists.forms import OfOrganisation
from sinergi.programs.amounts import Unclear, number_written, read_amount, read_number, written
from sinergi.programs.forms.plans import year_field
from sinergi.programs.models import Decision, Measure, Portfolio, PortfolioProject, RuleKind
from sinergi.programs.portfolio.rules import (
    SOLVERS,
    PortfolioDetails,
    ProjectDetails,
    RuleDetails,
    RunDetails,
    ShareDetails,
)
from sinergi.programs.queries.words import channel_name
from sinergi.reference import queries as reference

SHOWN = Decimal("0.0001")
USUAL_LAG = 1
"""Years: with 0 both may begin in the same year, which is not what “before” says."""


class PortfolioForm(RefusingForm):
    """Title, years, note."""

    title = one_line(gettext_lazy("Title"), required=True)
    first_year = year_field(gettext_lazy("First year"))
    last_year = year_field(gettext_lazy("Last year"))
    note = lines(gettext_lazy("Note"), 3)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def details(self, carries: tuple[str, ...] = ()) -> PortfolioDetails:
        """Return the details of a valid form."""
        given = self.cleaned_data
        return PortfolioDetails(
            given["title"], given["first_year"], given["last_year"], given["note"], carries
        )


class NewPortfolioForm(OfOrganisation, PortfolioForm):
    """A new portfolio, and the organisation that it will belong to."""


class Number(forms.CharField):
    """A number as people write it, with comma or point."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return a decimal, or None."""
        text = printable(str(super().to_python(value)))
        if not text:
            return None
        try:
            return read_number(text)
        except Unclear as error:
            raise forms.ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        """Return a number as this field reads it back."""
        return number_written(value) if isinstance(value, Decimal) else value


def project_values(row: PortfolioProject) -> dict[str, Any]:
    """Return what a project's form shows; the score to four decimals, kept whole until it is changed."""
    score = Decimal(row.score).quantize(SHOWN)
    same = ("earliest", "latest", "decision", "decided_year")
    return {"score": score, **{name: getattr(row, name) for name in same}}


class ProjectForm(RefusingForm):
    """Score, years in which it may start, channels of each part, and what was decided by hand."""

    score = Number(label=gettext_lazy("Score"))
    earliest = year_field(gettext_lazy("May start from"))
    latest = year_field(gettext_lazy("May start until"))
    decision = forms.ChoiceField(
        label=gettext_lazy("By hand"), choices=Decision.choices, required=False
    )
    decided_year = year_field(gettext_lazy("Start in, when in by hand"), required=False)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, project: PortfolioProject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project
        self.parts: list[str] = []
        self.taken: dict[str, tuple[list[str], list[str]]] = {}
        self.fields["revision"].initial = project.revision
        for name, value in project_values(project).items():
            self.fields[name].initial = value
        known = [(code, channel_name(code)) for code in reference.funding_channels()]
        for number, part in enumerate(project.parts):
            own = "" in part["channels"]
            name = f"part-{number}"
            self.parts.append(name)
            total = written(Decimal(sum(part["amounts"])) / 100)
            label = _("Rp %(amount)s may be paid by") % {"amount": total}
            self.fields[name] = forms.MultipleChoiceField(
                label=label,
                choices=[*([("-", channel_name(""))] if own else []), *known],
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields[name].initial = _ticked(part["channels"])

    def met_parts(self, project: PortfolioProject) -> dict[str, list[str]]:
        """Take the channels that stand now where the writer left them; return those that both changed.

        `taken` then says what was taken, and what the writer had seen.
        """
        present: Any = self.data
        sent = present.copy()
        both = {}
        for name, part in zip(self.parts, project.parts, strict=False):
            now, saw = _ticked(part["channels"]), self.add_initial_prefix(name)
            seen, mine = set(sent.getlist(saw)), set(self.cleaned_data[name])
            if mine == seen != set(now):
                self.taken[name] = now, sent.getlist(saw)
                sent.setlist(name, now)
            elif seen != set(now) != mine:
                both[name] = now
            sent.setlist(saw, now)
        self.data = sent
        return both

    def details(self) -> ProjectDetails:
        """Return the details of a valid form."""
        given = self.cleaned_data
        channels = tuple(
            tuple("" if code == "-" else code for code in given[name]) for name in self.parts
        )
        return ProjectDetails(
            float(given["score"] or 0) if "score" in self.changed_data else self.project.score,
            given["earliest"],
            given["latest"],
            channels,
            given["decision"],
            given["decided_year"],
        )


def _ticked(channels: Iterable[str]) -> list[str]:
    return [code or "-" for code in channels]


class ShareForm(RefusingForm):
    """The least and the most of a region."""

    region_code = forms.ChoiceField(label=gettext_lazy("Region"))
    measure = forms.ChoiceField(
        label=pgettext_lazy("of the whole", "Share"), choices=Measure.choices
    )
    minimum = Number(label=gettext_lazy("Least, percent"), required=False)
    maximum = Number(label=gettext_lazy("Most, percent"), required=False)

    def __init__(self, *args: Any, regions: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["region_code"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(regions.items())

    def details(self) -> ShareDetails:
        """Return the details of a valid form."""
        given = self.cleaned_data
        return ShareDetails(
            given["region_code"], given["measure"], given["minimum"], given["maximum"]
        )


class RuleForm(RefusingForm):
    """How projects hang together; the order of the numbers counts for one before another."""

    kind = forms.ChoiceField(label=gettext_lazy("Rule"), choices=RuleKind.choices)
    projects = one_line(gettext_lazy("Numbers of the projects, in order"), required=True)
    lag = forms.IntegerField(
        label=gettext_lazy("Years from start to start, for one before another"),
        required=False,
        min_value=0,
        initial=USUAL_LAG,
    )
    once = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput, initial=new_token
    )

    def __init__(self, *args: Any, numbers: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = numbers

    def clean_projects(self) -> tuple[int, ...]:
        """Return the projects of the numbers that were written, such as 3, 17."""
        found = []
        for text in self.cleaned_data["projects"].replace(";", ",").replace(" ", ",").split(","):
            if not text:
                continue
            position = small_number(text)
            if position is None or position not in self.numbers:
                told = _("There is no project number “%(number)s”.")
                raise forms.ValidationError(told % {"number": text[:20]})
            found.append(self.numbers[position])
        return tuple(found)

    def details(self) -> RuleDetails:
        """Return the details of a valid form."""
        given = self.cleaned_data
        lag = USUAL_LAG if given["lag"] is None else given["lag"]
        before = given["kind"] == RuleKind.BEFORE
        return RuleDetails(given["kind"], given["projects"], lag if before else 0)


class RunForm(RefusingForm):
    """How long and how exactly."""

    seconds = forms.IntegerField(label=gettext_lazy("Seconds to search"), initial=30)
    gap = Number(label=gettext_lazy("Stop when proven so near the best, percent"), required=False)
    others = forms.IntegerField(label=gettext_lazy("Choices side by side"), initial=5)
    solver = forms.ChoiceField(
        label=gettext_lazy("Solver"), choices=[(one, one) for one in SOLVERS], initial="highs"
    )
    once = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput, initial=new_token
    )

    def details(self) -> RunDetails:
        """Return the details of a valid form."""
        given = self.cleaned_data
        return RunDetails(
            given["seconds"], float(given["gap"] or 0) / 100, given["solver"], given["others"]
        )


Cell = tuple[int, str]


class CeilingTable:
    """The table of ceilings, year by channel: what was typed, what it means, what is wrong with it."""

    def __init__(self, row: Portfolio, channels: Sequence[str], sent: Any = None) -> None:
        self.years = list(range(row.first_year, row.last_year + 1))
        self.channels = list(channels)
        stored = {(one.year, one.channel): written(one.amount) for one in row.ceilings.all()}
        self.faults: dict[str, str] = {}
        self.amounts: dict[Cell, Decimal | None] = {}
        self.typed: dict[Cell, str] = {}
        for cell in ((year, channel) for year in self.years for channel in self.channels):
            name = f"ceiling-{cell[0]}-{cell[1]}"
            text = stored.get(cell, "") if sent is None else printable(sent.get(name, ""))[:60]
            self.typed[cell] = text
            self.amounts[cell] = self._read(name, text)

    def _read(self, name: str, text: str) -> Decimal | None:
        if not text:
            return None
        try:
            return read_amount(text)
        except Unclear as error:
            self.faults[name] = str(error)
            return None

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of the table for a page."""
        return [
            {
                "channel": channel,
                "name": channel_name(channel),
                "cells": [self._cell(year, channel) for year in self.years],
            }
            for channel in self.channels
        ]

    def _cell(self, year: int, channel: str) -> dict[str, Any]:
        name = f"ceiling-{year}-{channel}"
        return {
            "name": name,
            "year": year,
            "text": self.typed[year, channel],
            "fault": self.faults.get(name, ""),
        }
