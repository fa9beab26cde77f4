"""Forms by which a point goes on: into a higher forum, onto a priority list, and what objects it is about."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergi.accounts.errors import AccountsError, InvalidError
from sinergi.forums.forms.fields import CodesField, Words
from sinergi.forums.forms.points import PartForm, PointForm, day_field, revision_field
from sinergi.forums.models import Forum
from sinergi.opportunities.lists.forms import token_field


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
            "Choose a forum that you may edit and whose minutes are not sealed yet."
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


class ObjectsForm(PartForm):
    """The cooperation objects that a point is about."""

    objects_named = CodesField(required=False)
    revision = revision_field()


class MeantForm(PartForm):
    """Which organisation each name in a point means, by its code.

    Parameters
    ----------
    names
        As the point has them; each is the label of a field.
    meant
        Name to code, as it is now.
    """

    revision = revision_field()

    def __init__(
        self, *args: Any, names: Iterable[str], meant: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"code_{place}": name for place, name in enumerate(names)}
        for field, name in self.names.items():
            attrs = {"autocomplete": "off", "list": "point-organisations", "spellcheck": "false"}
            self.fields[field] = Words(
                required=False,
                label=name,
                initial=meant.get(name, ""),
                widget=forms.TextInput(attrs=attrs),
            )

    def named(self) -> Iterator[forms.BoundField]:
        """Yield the field of each name."""
        return (self[field] for field in self.names)

    def meant(self) -> dict[str, str]:
        """Return name to code of a valid form."""
        return {name: self.cleaned_data[field] for field, name in self.names.items()}

    def refuse(self, error: AccountsError) -> None:
        """Show what is wrong with a name beside its field."""
        if isinstance(error, InvalidError):
            there = {name: field for field, name in self.names.items()}
            for name, told in error.fields.items():
                self.add_error(there.get(name), told)
        else:
            super().refuse(error)
