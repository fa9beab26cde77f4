"""From a point to a priority list: the opportunities that speak for it, and putting one on a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergi.accounts.errors import AccountsError, ForbiddenError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import principal_of
from sinergi.forums.actions.point_entries import link_entry
from sinergi.forums.forms.points_onward import EntryForm
from sinergi.forums.models import Forum, Point
from sinergi.forums.queries import points as queries
from sinergi.forums.queries.ancestry import region_codes
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.stages import Deed
from sinergi.forums.views.frame import UNPROCESSABLE, frame
from sinergi.forums.views.point_objects import objects_form
from sinergi.forums.views.point_page import objects_of
from sinergi.opportunities import queries as map_queries
from sinergi.opportunities.addresses import settings_to_query
from sinergi.opportunities.lists import actions as list_actions
from sinergi.opportunities.lists import queries as lists
from sinergi.opportunities.lists.errors import DuplicateError
from sinergi.opportunities.messages import settings_message
from sinergi.opportunities.models import PriorityEntry
from sinergi.opportunities.results import Opportunity
from sinergi.opportunities.settings import MapSettings, SettingsError

MOST_OFFERED = 8


@dataclass(frozen=True, slots=True)
class Offer:
    """What the map says for an object that a point names.

    Attributes
    ----------
    opportunities
        Those with a region of the reader first.
    own
        Codes of the regions of the reader's organisations; empty for who is of none.
    with_regions
        Whether the regions that raised the point take part; else these are the best of all.
    """

    opportunities: tuple[Opportunity, ...] = ()
    own: frozenset[str] = frozenset()
    with_regions: bool = False
    query: str = ""
    refusal: str = ""

    @property
    def choices(self) -> list[tuple[Opportunity, bool]]:
        """Each opportunity, and whether it leaves out whoever reads, who is of a region."""
        return [(one, bool(self.own) and not _with(one, self.own)) for one in self.opportunities]


def _with(one: Opportunity, regions: frozenset[str]) -> bool:
    return any(member.code in regions for member in one.members)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, forum_id: int, point_id: int) -> HttpResponse:
    """Show opportunities for an object of a point, among the regions that raised it; POST lists one."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    point = queries.get_point(forum, point_id)
    objects = objects_of(point)
    codes = [code for code, _name in objects]
    wanted = request.GET.get("objek", "")
    code = wanted if wanted in codes else next(iter(codes), "")
    regions = region_codes(principal, point)
    found = offer(code, regions, own_regions(principal)) if code else Offer()
    plans = list(lists.lists(principal, editable=True))
    form = EntryForm(
        request.POST or None,
        lists=[(str(one.pk), f"{one.name} – {one.organisation.name}") for one in plans],
        keys=[one.key for one in found.opportunities],
    )
    status = 200
    if request.method == "POST":
        if not principal.signed_in and not principal.operator:
            raise ForbiddenError(_("Sign in to do this."), "object.edit")
        done = _put(principal, forum, point, code, form) if form.is_valid() else ""
        if done:
            messages.success(request, done)
            return redirect("forums:point", forum_id, point_id)
        status = UNPROCESSABLE
    around = frame(principal, forum, "points")
    names = around["frame"].prepares and not objects
    context = {
        **around,
        "point": point,
        "naming": objects_form(point) if names else None,
        "later": not around["frame"].may[Deed.TAKE_IN.value],
        "objects": objects,
        "code": code,
        "found": found,
        "plans": plans,
        "form": form,
        "chosen": form.data.get("key", "") if form.is_bound else "",
    }
    return render(request, "forums/point_act.html", context, status=status)


def own_regions(principal: Principal) -> frozenset[str]:
    """Return the codes of the regions for which somebody may edit; none for the operator, who is of all."""
    if principal.operator:
        return frozenset()
    return frozenset(one.region_code for one in organisations_of(principal) if one.region_code)


def offer(code: str, regions: tuple[str, ...], own: frozenset[str] = frozenset()) -> Offer:
    """Return the best opportunities for an object in which one of some regions takes part, else any.

    Those with a region of the reader come first, also where none of them is among the best.
    """
    try:
        known = map_queries.ground().position
        there = tuple(one for one in regions if one in known)
        mine = tuple(sorted(one for one in own if one in known))
        settings = MapSettings(objects=(code,), regions=there, top=MOST_OFFERED)
        found = map_queries.opportunity_map(settings).opportunities
        if not found and there:
            there, settings = (), settings.but(regions=())
            found = map_queries.opportunity_map(settings).opportunities
        if mine:
            ours = settings.but(regions=mine)
            found = _first(map_queries.opportunity_map(ours).opportunities, found, own)
    except SettingsError as error:
        return Offer(refusal=settings_message(error))
    return Offer(found, frozenset(mine), bool(there), settings_to_query(settings))


def _first(
    ours: Sequence[Opportunity], found: Sequence[Opportunity], own: frozenset[str]
) -> tuple[Opportunity, ...]:
    """Return opportunities once each, those with regions of the reader first."""
    each = {one.key: one for one in (*ours, *found)}
    rows = sorted(each.values(), key=lambda one: not _with(one, own))
    return tuple(rows[: 2 * MOST_OFFERED])


def _put(principal: Principal, forum: Forum, point: Point, code: str, form: EntryForm) -> str:
    """Put the chosen opportunity on the chosen list and link it to the point, or refuse in the form.

    Both happen or neither. What is on the list already is linked as it is.
    """
    values = form.cleaned_data
    key, number = values["key"], int(values["to"])

    def put() -> dict[str, Any]:
        explanation = map_queries.explain(code, tuple(key.split("+")), MapSettings())
        try:
            entry = list_actions.add_entry(principal, number, explanation, MapSettings())
        except DuplicateError as error:
            entry = PriorityEntry.objects.select_related("priority_list").get(pk=error.entry_id)
        link_entry(principal, forum.pk, point.pk, entry)
        return {"name": entry.priority_list.name, "position": entry.position}

    sent = {"point": point.pk, "object": code, "members": key, "list": number}
    try:
        with transaction.atomic():
            done = once(principal, "point_to_list", seal(values["once"], sent), sent, put).result
    except ForbiddenError:
        raise
    except AccountsError as error:
        form.refuse(error)
        return ""
    except SettingsError as error:
        form.add_error(None, settings_message(error))
        return ""
    text = _("It stands on “%(name)s” as number %(position)s and leads back to this point.")
    return text % done
