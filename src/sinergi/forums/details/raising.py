"""What regions raise and how themes are worded, and what of it cannot be."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sinergi.forums.details.values import text_faults

MOST_CODES = 40


@dataclass(frozen=True, slots=True)
class IssueDetails:
    """What a region raises; `regions` and `objects_named` are codes."""

    title: str
    text: str = ""
    affair: str = ""
    regions: tuple[str, ...] = ()
    objects_named: tuple[str, ...] = ()
    asked_of: str = ""
    asked_for: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ThemeDetails:
    """How a theme is worded."""

    title: str
    text: str = ""


def issue_faults(details: IssueDetails) -> dict[str, str]:
    """Return what is wrong with an issue."""
    faults = text_faults(details, "title", _("Say in one line what the issue is."))
    for name in ("regions", "objects_named"):
        if len(getattr(details, name)) > MOST_CODES:
            faults[name] = _("Too many: at most %(most)s.") % {"most": MOST_CODES}
    return faults


def theme_faults(details: ThemeDetails) -> dict[str, str]:
    """Return what is wrong with the wording of a theme."""
    return text_faults(details, "title", _("Give the theme a title."))
