"""Every page by its name: what a person needs for each method. A page that is not here fails the matrix."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import get_resolver, reverse
from django.utils import timezone

from sinergi.accounts.models import AuditRecord, Organisation, Owned
from sinergi.forums.models import Forum
from sinergi.opportunities.models import PriorityEntry

from . import agreement_pages as agreements
from . import forums, programs
from .world import KINDS, STANDINGS, World

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """How a page is asked for.

    Attributes
    ----------
    get, post
        What is needed: a deed on a thing (`read`, `edit` …) or a group of `expected.GROUPS`; empty: the
        method is not known there. `dead`: 404 or 410 for everybody. `door`: part of signing in, judged by the
        tests of sign-in; here only that it never fails.
    kind
        Kind of the thing that the address names.
    arguments
        What the address holds besides the number of the thing.
    sent
        What is posted.
    """

    get: str = ""
    post: str = ""
    kind: str = ""
    number: str = ""
    arguments: Arguments | None = None
    sent: Arguments | None = None
    query: str = ""
    standings: tuple[str, ...] = STANDINGS


LIST = {"kind": "priority_list", "number": "list_id"}
MAP = {"kind": "saved_map", "number": "map_id"}
PRACTICE = {"kind": "practice", "number": "number"}
BATCH = {"kind": "import", "number": "batch_id"}
ORG = {"code": "pemilik"}
TPA = {"code": "TPA_REGIONAL", "members": "63.71+63.72"}
PAGES: dict[str, Page] = {
    "opportunities:map": Page("open"),
    "opportunities:map_table": Page("open"),
    "opportunities:map_region": Page("open", arguments={"code": "62.71"}),
    "opportunities:map-file": Page("open", arguments={"kind": "csv"}),
    "opportunities:regroup": Page(
        "open", arguments={"code": "TPA_REGIONAL"}, query="?anggota=63.71+63.72"
    ),
    "opportunities:opportunity": Page("open", arguments=TPA),
    "opportunities:opportunity-file": Page("open", arguments={**TPA, "kind": "json"}),
    "opportunities:objects": Page("open"),
    "opportunities:object": Page("open", arguments={"code": "TPA_REGIONAL"}),
    "opportunities:regions": Page("open"),
    "opportunities:regions_table": Page("open"),
    "opportunities:region_data": Page("open", arguments={"code": "62.71"}),
    "opportunities:region": Page("open", arguments={"code": "62.71"}),
    "opportunities:region_table": Page("open", arguments={"code": "62.71", "name": "indikator"}),
    "opportunities:lists": Page("open", "writers of any"),
    "opportunities:list-add": Page(
        "writers of any", query="?objek=TPA_REGIONAL&anggota=63.71+63.72"
    ),
    "opportunities:list": Page("read", **LIST),
    "opportunities:list-edit": Page("edit", "edit", **LIST),
    "opportunities:list-delete": Page("", "remove", **LIST),
    "opportunities:list-restore": Page("", "remove", **LIST),
    "opportunities:list-export": Page("read", arguments={"fmt": "csv"}, **LIST),
    "opportunities:entry-edit": Page("", "edit", **LIST),
    "opportunities:entry-move": Page("", "edit", sent={"ke": "1"}, **LIST),
    "opportunities:entry-remove": Page("", "edit", **LIST),
    "opportunities:entry-restore": Page("", "edit", **LIST),
    "opportunities:entry-renew": Page("", "edit", **LIST),
    "opportunities:saved-maps": Page("open"),
    "opportunities:saved-map-new": Page("writers of any", "writers of any"),
    "opportunities:saved-map": Page("read", "edit", **MAP),
    "opportunities:saved-map-delete": Page("", "remove", **MAP),
    "opportunities:saved-map-restore": Page("", "remove", **MAP),
    "practices:practices": Page("open"),
    "practices:practice-new": Page("writers of any", "writers of any"),
    "practices:practice": Page("read", **PRACTICE),
    "practices:practice-edit": Page("edit", "edit", **PRACTICE),
    "practices:practice-put-away": Page("", "remove", **PRACTICE),
    "practices:practice-restore": Page("", "remove", **PRACTICE),
    "evidence:imports": Page("open", "loaders"),
    "evidence:template": Page("open"),
    "evidence:batch": Page("read", **BATCH),
    "evidence:values": Page("read", arguments={"extension": "csv"}, **BATCH),
    "evidence:undo": Page("", "remove", sent={"reason": "salah"}, **BATCH),
    "evidence:adopt": Page("", "adopt", sent={"reason": "resmi"}, **BATCH),
    "evidence:preview": Page("own", "own"),
    "evidence:loading": Page("own"),
    "evidence:problems": Page("own", arguments={"extension": "csv"}),
    "evidence:progress": Page("open", arguments={"token": "0" * 32}),
    "evidence:mapping": Page("own"),
    "evidence:indicators": Page("open"),
    "evidence:indicator": Page("open", arguments={"code": "poverty"}),
    "evidence:download": Page("open", arguments={"code": "poverty", "extension": "csv"}),
    "evidence:sources": Page("open"),
    "reference:national_shape": Page("open"),
    "reference:province_shape": Page("open", arguments={"name": "62"}),
    "site:search": Page("open"),
    "site:method": Page("open"),
    "site:licences": Page("open"),
    "healthz": Page("open"),
    "readyz": Page("door"),
    "metrics": Page("door"),
    "organisations:directory": Page("open"),
    "organisations:create": Page("installation", "installation"),
    "organisations:page": Page("open", arguments=ORG),
    "organisations:change": Page("manage", "manage", arguments=ORG),
    "organisations:put-away": Page("", "installation", arguments=ORG),
    "organisations:restore": Page("", "installation", arguments=ORG),
    "organisations:second-factor": Page("", "manage", arguments=ORG),
    "organisations:give-role": Page("", "manage", arguments=ORG),
    "organisations:end-role": Page("", "viewer's role", arguments=ORG),
    "organisations:invite": Page("", "manage", arguments=ORG),
    "organisations:invitation-resend": Page("", "manage", arguments={**ORG, "number": 0}),
    "organisations:invitation-revoke": Page("", "manage", arguments={**ORG, "number": 0}),
    "organisations:add-member": Page("", "manage", arguments=ORG),
    "organisations:remove-member": Page("", "manage", arguments=ORG, sent={"member": "anggota"}),
    "organisations:invitation": Page("dead", "dead", arguments={"secret": "x" * 43}),
    "organisations:installation": Page("installation"),
    "organisations:people": Page("installation"),
    "organisations:person": Page("installation", arguments={"number": 0}),
    "organisations:person-deed": Page(
        "", "installation", arguments={"number": 0}, sent={"lakukan": "nonaktifkan"}
    ),
    "account:overview": Page("session"),
    "account:profile": Page("", "session"),
    "account:end-session": Page("", "dead for people", arguments={"number": 0}),
    "account:provider": Page("manage", "manage", arguments=ORG),
    "account:data": Page("session"),
    "account:data-download": Page("", "session"),
    "account:erase": Page("", "session"),
    "account_login": Page("door", "door"),
    "account_logout": Page("door", "door"),
    "mfa_authenticate": Page("door", "door"),
    "mfa_login_webauthn": Page("door", "door"),
    "openid_connect_login": Page("door", "door", arguments={"provider_id": "tidak-ada"}),
    "openid_connect_callback": Page("door", "door", arguments={"provider_id": "tidak-ada"}),
    "account_reset_password": Page("door", "door"),
    "account_reset_password_done": Page("door"),
    "account_reset_password_from_key": Page("door", "door", arguments={"uidb36": "1", "key": "x"}),
    "account_reset_password_from_key_done": Page("door"),
    "account_confirm_email": Page("door", "door", arguments={"key": "x"}),
    "account_change_password": Page("session", "session"),
    "account_email": Page("session", "session"),
    "account_reauthenticate": Page("session", "session"),
    "mfa_reauthenticate": Page("session", "session"),
    "mfa_reauthenticate_webauthn": Page("session", "session"),
    "usersessions_list": Page("session", "session"),
    "mfa_index": Page("session"),
    "mfa_activate_totp": Page("session", "session"),
    "mfa_deactivate_totp": Page("door", "door"),
    "mfa_view_recovery_codes": Page("door"),
    "mfa_generate_recovery_codes": Page("door", "door"),
    "mfa_download_recovery_codes": Page("door"),
    "mfa_list_webauthn": Page("session"),
    "mfa_add_webauthn": Page("session", "session"),
    "mfa_remove_webauthn": Page("door", "door", arguments={"pk": 0}),
    "mfa_edit_webauthn": Page("door", "door", arguments={"pk": 0}),
    "tokens:list": Page("session"),
    "tokens:issue": Page("", "session"),
    "tokens:revoke": Page("", "door", arguments={"number": 0}),
    "audit:trail": Page("auditors"),
    "audit:record": Page("record of the owner"),
    "audit:export": Page("", "auditors", arguments={"form": "csv"}),
    "audit:verify": Page("", "auditors"),
    "audit:check": Page("door", arguments={"number": 0}),
    "audit:own": Page("session"),
    "tasks:tasks": Page("installation"),
    "tasks:retry": Page("", "installation, unknown", arguments={"number": UUID(int=0)}),
    "tasks:discard": Page("", "installation, unknown", arguments={"number": UUID(int=0)}),
}
for _name, (_get, _post) in forums.PAGES.items():
    PAGES[f"forums:{_name}"] = Page(
        _get,
        _post,
        kind="forum",
        number="forum_id",
        standings=STANDINGS if _name in {"forum", "forum-edit", "forum-stage"} else forums.FEW,
    )
PAGES |= {
    "forums:forums": Page("open"),
    "forums:forum-new": Page("writers of any", "writers of any"),
    "forums:board": Page("open"),
    "forums:board-file": Page("open", arguments={"kind": "csv"}),
    "forums:notices": Page("session", "session"),
}
for (_kind, _number), _pages in programs.PAGES.items():
    for _name, (_get, _post) in _pages.items():
        PAGES[f"programs:{_name}"] = Page(
            _get,
            _post,
            kind=_kind,
            number=_number,
            standings=STANDINGS if _name in programs.MAIN else forums.FEW,
        )
for _name, (_get, _post, _arguments) in programs.COMMON.items():
    PAGES[f"programs:{_name}"] = Page(_get, _post, arguments=_arguments)
for (_kind, _number), _pages in agreements.PAGES.items():
    for _name, (_get, _post) in _pages.items():
        PAGES[f"agreements:{_name}"] = Page(
            _get,
            _post,
            kind=_kind,
            number=_number,
            standings=STANDINGS if _name in agreements.MAIN else forums.FEW,
        )
for _name, (_get, _post, _arguments) in agreements.COMMON.items():
    PAGES[f"agreements:{_name}"] = Page(_get, _post, arguments=_arguments)
PAGES["agreements:report-file"] = Page(
    "open", arguments={"kind": "xlsx"}, query="?organisasi=pemilik"
)
PAGES["agreements:report-batch-new"] = Page("", "of the house", sent={"organisasi": "pemilik"})
for _kind in KINDS:
    _panel = {"kind": _kind, "number": "number", "arguments": {"kind": _kind}}
    PAGES[f"sharing:panel {_kind} share"] = Page("share", "share", **_panel)
    for _deed in ("publik", "pribadi"):
        PAGES[f"sharing:panel {_kind} {_deed}"] = Page(
            "", "publish", sent={"lakukan": _deed}, **_panel
        )
    PAGES[f"sharing:panel {_kind} tutup"] = Page("", "share", sent={"lakukan": "tutup"}, **_panel)
AWAY = {
    "opportunities:list-restore",
    "opportunities:saved-map-restore",
    "practices:practice-restore",
    "forums:forum-restore",
    *(f"programs:{_name}" for _name in programs.AWAY),
    *(f"agreements:{_name}" for _name in agreements.AWAY),
}
REMOVED = {"opportunities:entry-restore"}


def address(name: str, page: Page, made: World, standing: str) -> str:
    """Return the address of a page for the thing of a standing."""
    arguments = dict(page.arguments or {})
    view = name.split(" ", maxsplit=1)[0]
    if page.kind:
        thing = made.things[page.kind, standing]
        arguments |= {page.number: thing.pk} | _inside(thing, view, made)
    if "own" in {page.get, page.post}:
        arguments["token"] = made.uploads[view.partition(":")[0]]
    if view.startswith("agreements:report-batch") and not view.endswith("new"):
        arguments["batch_id"] = made.batch
    if view == "programs:label-undo":
        arguments["label_id"] = made.label
    if view in {"organisations:person", "organisations:person-deed"}:
        arguments["number"] = made.people["viewer"].pk
    if view.startswith("organisations:invitation-"):
        arguments["number"] = made.invitation
    if view == "audit:record":
        of_owner = AuditRecord.objects.filter(organisation=made.owner.pk)
        arguments["sequence"] = of_owner.latest("sequence").pk
    return reverse(view, kwargs=arguments) + page.query


def _inside(thing: Owned, view: str, made: World) -> Arguments:
    """Return what the address of a page names inside a thing."""
    if isinstance(thing, Forum) and view.startswith("forums:"):
        return _named(made.inside[thing.pk], view)
    if view.startswith("programs:"):
        return _named_by(programs.named(thing), view)
    if view.startswith("agreements:"):
        return _named_by(agreements.named(thing, view.removeprefix("agreements:")), view)
    if ":entry-" in view:
        return {"entry_id": PriorityEntry.objects.get(priority_list_id=thing.pk).pk}
    return {}


def _named(inside: Arguments, view: str) -> Arguments:
    """Return those of the numbers inside a forum that the address of a page names."""
    pattern = next(iter(get_resolver().namespace_dict["forums"][1].reverse_dict.getlist(view[7:])))
    found = {name: inside[name] for name in pattern[0][0][1] if name in inside}
    return found | ({"version": 2} if view == "forums:minutes-seal" else {})


def _named_by(inside: Arguments, view: str) -> Arguments:
    """Return those of the parts of a thing that the address of a page names."""
    room, _colon, name = view.partition(":")
    resolver = get_resolver().namespace_dict[room][1]
    pattern = next(iter(resolver.reverse_dict.getlist(name)))
    return {name: inside[name] for name in pattern[0][0][1] if name in inside}


def sent(name: str, page: Page, made: World, standing: str) -> Arguments:
    """Return what is posted."""
    if page.kind == "forum" and name.startswith("forums:"):
        inside = made.inside[made.things["forum", standing].pk]
        return forums.sent(name.removeprefix("forums:"), inside)
    if name.startswith("programs:") and page.kind:
        return programs.sent(name.removeprefix("programs:"), made.things[page.kind, standing])
    if name.startswith("agreements:") and page.kind:
        return agreements.sent(name.removeprefix("agreements:"), made.things[page.kind, standing])
    if name == "organisations:end-role":
        return {"role": "viewer", "person": made.people["viewer"].pk}
    return page.sent or {}


def prepare(name: str, made: World) -> None:
    """Put away what the page brings back."""
    if name == "organisations:restore":
        Organisation.objects.filter(pk=made.owner.pk).update(deleted_at=timezone.now())
    for (kind, _standing), thing in made.things.items():
        if name in AWAY and kind == PAGES[name].kind:
            type(thing).objects.filter(pk=thing.pk).update(deleted_at=timezone.now())
        if name in REMOVED and kind == "priority_list":
            PriorityEntry.objects.filter(priority_list=thing.pk).update(deleted_at=timezone.now())
