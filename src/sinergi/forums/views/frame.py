"""What every page of a forum shows above its own content: the forum, its stage, and the way to its parts."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergi.accounts.principal import Principal
from sinergi.forums import permissions, words
from sinergi.forums.models import Delegation, Forum
from sinergi.forums.queries.forums import my_delegations
from sinergi.forums.queries.meetings import is_inside
from sinergi.forums.queries.standing import is_published, is_sealed
from sinergi.forums.stages import Deed, Stage, allows

UNPROCESSABLE, CONFLICT = 422, 409


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of a forum in the row of tabs."""

    name: str
    label: str
    url: str


@dataclass(frozen=True)
class Frame:
    """A forum as somebody sees it.

    Attributes
    ----------
    prepares, seals
        Whether the reader does the work of the secretariat; moves the forum on and seals.
    mine
        Delegations for which the reader speaks.
    inside
        Whether the reader reads the forum not only because it is public: remarks of delegations and who
        voted are told to these alone.
    sealed
        Whether there are sealed minutes while the forum still deliberates.
    published
        Whether it was entered from publications: no stage before following up was gone through here.
    """

    forum: Forum
    tab: str
    prepares: bool
    seals: bool
    mine: tuple[Delegation, ...]
    sealed: bool = False
    inside: bool = False
    published: bool = False

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return Stage(self.forum.stage)

    @property
    def stages(self) -> list[tuple[str, str]]:
        """Stages in order, of those gone through here: `done`, `now` or `later`, and the name of each."""
        order = [Stage.FOLLOWING_UP, Stage.CLOSED] if self.published else list(Stage)
        here = order.index(self.stage)
        return [
            ("done" if place < here else "now" if place == here else "later", words.stage_name(one))
            for place, one in enumerate(order)
        ]

    @property
    def may(self) -> dict[str, bool]:
        """What is done at this stage, by the values of `Deed`."""
        return {deed.value: allows(self.stage, deed, sealed=self.sealed) for deed in Deed}

    @property
    def tabs(self) -> list[Tab]:
        """The parts of the forum."""
        parts = (
            ("forum", _("Meeting")),
            ("issues", _("Issues")),
            ("themes", _("Themes")),
            ("ballots", _("Ballots")),
            ("points", pgettext("of a forum", "Points")),
            ("minutes", _("Minutes")),
        )
        return [
            Tab(name, label, reverse(f"forums:{name}", args=[self.forum.pk]))
            for name, label in parts
        ]


def frame(principal: Principal, forum: Forum, tab: str) -> dict[str, Any]:
    """Return the context that `forums/parts/head.html` shows; `tab` names the part that is open."""
    mine = tuple(my_delegations(principal, forum)) if principal.signed_in else ()
    prepares, seals = permissions.prepares(principal, forum), permissions.seals(principal, forum)
    sealed = Stage(forum.stage) is Stage.DELIBERATING and is_sealed(forum)
    inside = prepares or bool(mine) or is_inside(principal, forum)
    published = is_published(forum)
    seen = Frame(forum, tab, prepares, seals, mine, sealed, inside, published)
    return {"frame": seen, "forum": forum}
