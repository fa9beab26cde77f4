"""What minutes lack before they can be sealed, told all at once: on the page of a draft and when tried."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sinergi.forums.models import Forum
from sinergi.reference.moments import day


def lacks(forum: Forum, content: dict[str, Any], today: date) -> dict[str, str]:
    """Return what keeps a draft from being sealed, by the field that lacks it; empty when nothing does."""
    found: dict[str, str] = {}
    if forum.begins is not None and forum.begins > today:
        found["sha256"] = _("The meeting has not begun: minutes are sealed when it was held.")
    if not content["signatories"]:
        found["signatories"] = _("Say who signs the minutes.")
    if not content["points"]:
        found["points"] = _("The minutes have no point.")
    return found


def still_held(content: dict[str, Any], today: date) -> str:
    """Return that a draft speaks of days to come as past, while the meeting lasts; empty when it does not."""
    begins, ends = content["begins"], content["ends"]
    if not ends or not begins <= today.isoformat() < ends:
        return ""
    told = _("The meeting lasts until %(day)s, and these minutes say that it was held until then.")
    return told % {"day": day(date.fromisoformat(ends))}
