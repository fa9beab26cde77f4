"""Words of forums: stages, deeds, lacks, fields."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinergi.forums.models import Forum
from sinergi.forums.stages import Deed, Lack, Stage

DEEDS = {
    Deed.PLAN: _("plan the meeting"),
    Deed.INVITE: _("invite organisations"),
    Deed.ANSWER: _("answer the invitation"),
    Deed.RAISE: _("raise issues"),
    Deed.DRAW_THEMES: _("draw issues into themes"),
    Deed.CHECK_IN: _("check delegates in"),
    Deed.DISCUSS: _("comment and propose amendments"),
    Deed.VOTE: _("vote"),
    Deed.AGREE: _("record what was agreed"),
    Deed.TAKE_IN: _("take in points of lower forums"),
    Deed.SIGN: _("seal the minutes"),
    Deed.FORWARD: _("forward points"),
    Deed.FOLLOW_UP: _("follow points up"),
    Deed.PRESENT: _("present a practice"),
    Deed.CORRECT: _("correct the minutes"),
}
"""What is done, after “to”."""
LACKS = {
    Lack.NO_DAYS: _("its days are not set"),
    Lack.NOBODY_INVITED: _("nobody is invited"),
    Lack.NO_ISSUE: _("no issue was submitted, and no point of a lower forum taken in"),
    Lack.NO_THEME: _("there is no theme, and no point of a lower forum was taken in"),
    Lack.BALLOT_OPEN: _("a ballot is still open"),
    Lack.NO_POINT: _("no point was agreed"),
    Lack.NOT_SIGNED: _("the minutes are not sealed"),
    Lack.MINUTES_DIFFER: _(
        "the sealed minutes say something else of its points: correct them by a new version"
    ),
    Lack.POINTS_OPEN: _("points are not settled yet"),
}
FIELDS = {
    "affair": _("affair"),
    "addressees": _("addressed to"),
    "answer": _("answer"),
    "asked_for": _("what is asked for"),
    "asked_of": _("asked of"),
    "begins": _("begins"),
    "day": _("day"),
    "due": _("due on"),
    "ends": _("ends"),
    "evidence": _("evidence"),
    "fate": _("status"),
    "host": _("host"),
    "kind": _("kind"),
    "link": _("link"),
    "links": _("links to the evidence"),
    "meant": _("organisations that are meant"),
    "method": _("rule"),
    "note": _("note"),
    "number": pgettext_lazy("of a point", "number"),
    "objects_named": _("cooperation objects"),
    "open_to_all": _("open to all readers"),
    "owner_name": _("owner"),
    "place": _("place"),
    "places": _("how many are chosen"),
    "points_told": _("points that it agreed on as its sources tell"),
    "purpose": _("purpose"),
    "question": _("question"),
    "quorum": _("quorum in percent"),
    "region_code": _("region"),
    "regions": _("regions"),
    "review": _("looked at again on"),
    "secret": _("secret"),
    "source": _("source"),
    "stage": _("stage"),
    "text": _("text"),
    "theme": _("theme"),
    "title": _("title"),
    "type": _("type"),
    "weighted": _("weighted"),
    "wording": _("wording"),
}


def stage_name(stage: Stage) -> str:
    """Return a stage in words."""
    return str(Forum.Stages(stage.value).label)


def deed_name(deed: Deed) -> str:
    """Return what is done, in words, after “to”."""
    return str(DEEDS[deed])


def lack_name(lack: Lack) -> str:
    """Return what is missing, in words."""
    return str(LACKS[lack])


def field_name(name: str) -> str:
    """Return what a field is called."""
    return str(FIELDS.get(name, name.replace("_", " ")))
