"""A form that met somebody else's change: what its writer did not touch takes the value that stands now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sinergi.accounts.texts import printable

Shown = Callable[[str, Any], str]
UNSEEN = object()
"""What somebody saw in a field whose form does not say it."""


@dataclass(frozen=True, slots=True)
class Met:
    """A field that somebody else changed while its writer had the form open.

    Attributes
    ----------
    present
        The value that stands now, in words.
    other
        In words: what the writer sent where both changed the field, otherwise what the writer had seen.
    both
        Whether both changed it: then the writer's value stays in the form and the writer decides.
    """

    label: str
    present: str
    other: str
    both: bool


def in_words(_name: str, value: Any) -> str:
    """Return a value as text; a dash where there is none."""
    return "–" if value in (None, "") else str(value)


def remember(form: forms.Form) -> None:
    """Let a form carry what its writer sees, beside what is written.

    A form that was sent without it never gets it from what was sent: that would pass for untouched.
    """
    for name, field in form.fields.items():
        sent_without = form.is_bound and form.add_initial_prefix(name) not in form.data
        field.show_hidden_initial = name != "revision" and not sent_without


def merge(
    form: Any, present: Mapping[str, Any], revision: int, shown: Shown = in_words
) -> list[Met]:
    """Fill a valid form for another try from the present revision; return what others changed.

    Parameters
    ----------
    form
        Holds what was sent; afterwards also what stands now, as what its writer saw.
    present
        Field to the value that stands now.
    shown
        Puts a value of a field into words.
    """
    sent, met = dict(form.cleaned_data), []
    seen = {name: _seen(form, name) for name in present}
    form.data = form.data.copy()
    form.data[form.add_prefix("revision")] = str(revision)
    for name, now in present.items():
        found = _meet(form, name, (seen[name], sent.get(name), now), shown)
        met += [found] if found else []
        form.fields[name].show_hidden_initial = True
        form.data[form.add_initial_prefix(name)] = _written(now)
    return met


def _meet(form: Any, name: str, values: tuple[Any, Any, Any], shown: Shown) -> Met | None:
    seen, mine, now = values
    if now in (mine, seen):
        return None
    label = str(form.fields[name].label)
    if seen == mine:
        form.data[form.add_prefix(name)] = _written(now)
        return Met(label, shown(name, now), shown(name, seen), both=False)
    told = _("Somebody else wrote here meanwhile: %(present)s")
    form.add_error(name, told % {"present": shown(name, now)})
    return Met(label, shown(name, now), shown(name, mine), both=True)


def _seen(form: Any, name: str) -> Any:
    """Return the value that the writer saw, in the type of its field."""
    key, field = form.add_initial_prefix(name), form.fields[name]
    if key not in form.data:
        return UNSEEN
    try:
        value = field.to_python(form.data[key])
    except forms.ValidationError:
        return UNSEEN
    return printable(value) if isinstance(value, str) else value


def _written(value: Any) -> str:
    return "" if value is None else str(value)
