"""Forms of ballots: what the secretariat prepares, and a vote as a phone sends it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergi.forums.counting import APPROVALS
from sinergi.forums.details import LENGTHS, BallotDetails
from sinergi.forums.models import Ballot, Theme
from sinergi.opportunities.lists.forms import DetailsForm, line, token_field

CHOSEN, PLACE, BLANK = "setuju", "tempat-", "kosong"
"""Names of fields of a vote: approved options, the place of an option, and that it is meant to be blank."""


class BallotForm(DetailsForm):
    """What is asked, among what, and by which rule it is counted.

    Parameters
    ----------
    themes
        Those of the forum that are in use; each may be an option.
    """

    question = line(gettext_lazy("Question"), required=True)
    themes = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Themes that are options"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("One of the themes is no longer in use.")},
    )
    options = forms.CharField(
        required=False,
        label=gettext_lazy("Other options, one a line"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    method = forms.ChoiceField(label=gettext_lazy("Rule"), choices=Ballot.Method.choices)
    places = forms.IntegerField(
        label=gettext_lazy("How many are chosen"), min_value=1, max_value=60, initial=1
    )
    quorum_rule = forms.ChoiceField(
        label=gettext_lazy("How many must vote (quorum)"),
        choices=Ballot.QuorumRule.choices,
        initial=Ballot.QuorumRule.HALF,
    )
    quorum = forms.IntegerField(
        label=gettext_lazy("Quorum in percent"),
        min_value=0,
        max_value=100,
        initial=50,
        required=False,
    )
    quorum_base = forms.ChoiceField(
        label=gettext_lazy("Of whom the quorum is counted"),
        choices=Ballot.QuorumBase.choices,
        initial=Ballot.QuorumBase.INVITED,
    )
    secret = forms.BooleanField(required=False, label=gettext_lazy("Secret ballot"))
    weighted = forms.BooleanField(
        required=False, label=gettext_lazy("Delegations vote with their weight")
    )
    once = token_field()

    def __init__(self, *args: Any, themes: Iterable[Theme] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.titles = {str(theme.pk): theme.title for theme in themes}
        field = self.fields["themes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(self.titles.items())
        self.fields["question"].widget.attrs["maxlength"] = LENGTHS["question"]

    def clean_quorum(self) -> int:
        """Return the share in percent: where the rule is another, it need not be written."""
        found = self.cleaned_data["quorum"]
        if found is None and self.cleaned_data.get("quorum_rule") == Ballot.QuorumRule.PERCENT:
            raise forms.ValidationError(_("Write the quorum in percent, from 0 to 100."))
        return 50 if found is None else int(found)

    def details(self) -> BallotDetails:
        """Return the details of a valid form: themes first, then what was written."""
        values = self.cleaned_data
        drawn = [(self.titles[number], int(number)) for number in values["themes"]]
        written = [(text.strip(), None) for text in values["options"].splitlines() if text.strip()]
        return BallotDetails(
            question=values["question"],
            method=values["method"],
            options=(*drawn, *written),
            places=values["places"],
            secret=values["secret"],
            weighted=values["weighted"],
            quorum_rule=values["quorum_rule"],
            quorum=values["quorum"],
            quorum_base=values["quorum_base"],
        )


@dataclass(frozen=True, slots=True)
class SentVote:
    """A vote as it was sent.

    Attributes
    ----------
    places
        Option number to place; of approvals all options, 1 or 0, unless it is blank.
    faults
        Texts that are no place, by the option they were written at.
    """

    delegation: int
    code: str
    places: dict[int, int]
    faults: tuple[int, ...] = ()
    confirmed: bool = False
    blank_meant: bool = False

    @property
    def blank(self) -> bool:
        """Whether it answers nothing."""
        return not self.places


def sent_vote(data: QueryDict, method: str, options: Callable[[], Iterable[int]]) -> SentVote:
    """Return the vote that a form holds; whether it may be cast is asked of the action.

    Parameters
    ----------
    method
        The rule of the ballot.
    options
        Gives the numbers of its options; asked only where the rule needs them.
    """
    places, faults = (_approvals(data, options), ()) if method in APPROVALS else _ranking(data)
    return SentVote(
        delegation=_number(data.get("delegasi", "")) or 0,
        code=data.get("kode", ""),
        places=places,
        faults=faults,
        confirmed=data.get("langkah") == "kirim",
        blank_meant=BLANK in data,
    )


def _approvals(data: QueryDict, options: Callable[[], Iterable[int]]) -> dict[int, int]:
    chosen = {_number(text) or 0 for text in data.getlist(CHOSEN)}
    if not chosen:
        return {}
    # What is not on the ballot stays, so that it is refused and not passed over.
    return {number: int(number in chosen) for number in (*options(), *sorted(chosen))}


def _ranking(data: QueryDict) -> tuple[dict[int, int], tuple[int, ...]]:
    places, faults = {}, []
    for name, text in data.items():
        if not name.startswith(PLACE) or not str(text).strip():
            continue
        option, place = _number(name.removeprefix(PLACE)) or 0, _number(str(text))
        if place is None:
            faults.append(option)
        else:
            places[option] = place
    return places, tuple(faults)


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None
