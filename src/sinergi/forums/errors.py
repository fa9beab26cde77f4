"""What can go wrong in a forum, said to the person who did it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from sinergi.accounts.errors import AccountsError, UnseenError
from sinergi.forums import words
from sinergi.forums.stages import Deed, Lack, Stage, when


class ForumError(AccountsError):
    """Something that cannot be done in a forum, or not now."""


class NotFoundError(ForumError, UnseenError):
    """It is not there, was put away, or may not be seen: all are told alike."""


class StageError(ForumError):
    """It is not the time for this; `stages` says when it is."""

    def __init__(self, message: str, stages: Sequence[Stage]) -> None:
        super().__init__(message)
        self.stages = tuple(stages)


class LackError(ForumError):
    """The forum cannot go on yet; `lacks` says what is missing."""

    def __init__(self, message: str, lacks: Sequence[Lack]) -> None:
        super().__init__(message)
        self.lacks = tuple(lacks)


class VoteError(ForumError):
    """A vote that cannot be counted; the voter is told why and what counts."""


def not_found(what: str) -> NotFoundError:
    """Return the error for something of a forum that is not there; `what` is in the words of the reader."""
    told = _("%(what)s does not exist, was put away, or you may not see it.")
    return NotFoundError(told % {"what": what})


def too_early_or_late(stage: Stage, deed: Deed) -> StageError:
    """Return the error for something that is not done in a stage."""
    stages = when(deed)
    told = _(
        "The forum is at the stage “%(now)s”. To %(deed)s is possible at: %(stages)s. The secretariat moves "
        "the forum on."
    )
    names = ", ".join(words.stage_name(one) for one in stages)
    values = {"now": words.stage_name(stage), "deed": words.deed_name(deed), "stages": names}
    return StageError(told % values, stages)


def sealed_already() -> StageError:
    """Return the error for changing what sealed minutes say."""
    told = _(
        "The minutes are sealed: what they say is corrected by a new version of them, which is drawn up on "
        "the page “Minutes”."
    )
    return StageError(told, ())


def lacks(to: Stage, missing: Sequence[Lack]) -> LackError:
    """Return the error for a forum that cannot enter a stage."""
    told = _("The forum cannot go to “%(to)s” yet: %(lacks)s.")
    names = "; ".join(words.lack_name(one) for one in missing)
    return LackError(told % {"to": words.stage_name(to), "lacks": names}, missing)
