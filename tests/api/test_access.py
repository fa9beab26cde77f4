"""Every operation, asked by everybody: the table says the answer; an operation that is not in it fails."""

import json

import pytest
from django.db import transaction

from sinergi.accounts.models import ApiToken
from sinergi.accounts.vocabulary import Scope
from sinergi.site.api.document import document
from sinergi.site.api.put_together import API
from tests.api.world import World, bearer, token
from tests.people import organisation, person

ASKERS = ("visitor", "foreign", "viewer", "analyst", "coordinator", "approver", "administrator")

OPEN = dict.fromkeys(ASKERS, 200)
"""Everybody may read it."""
SEEN = {"visitor": 404, "foreign": 404} | dict.fromkeys(ASKERS[2:], 200)
"""A private thing: there for those of its organisation only."""
KNOWN = {"visitor": 401} | dict.fromkeys(ASKERS[1:], 200)


def only(*roles: str, done: int = 200, hidden: int = 404) -> dict[str, int]:
    """The answers where some roles may do something to a private thing."""
    told = {"visitor": 401, "foreign": hidden}
    return told | {role: done if role in roles else 403 for role in ASKERS[2:]}


EDIT = ("analyst", "coordinator", "approver")
REMOVE = SHARE = ("coordinator", "approver")
MANAGE = ("administrator",)
NOBODY: tuple[str, ...] = ()
NAMED = {"name": "Baru", "organisation": "kota-banjarbaru"}
MEETING = {"organisation": "kota-banjarbaru", "title": "Raker", "type": "mapping"}
PRACTICE = {
    "organisation": "kota-banjarbaru",
    "title": "Bank sampah",
    "problem": "Menumpuk",
    "done": "Menimbang",
}
PLAN = {
    "organisation": "kota-banjarbaru",
    "title": "RKPD 2026",
    "kind": "rkpd",
    "region_code": "63.72",
    "first_year": 2026,
    "last_year": 2026,
}
LINE = {"title": "Jalan", "amounts": [{"year": 2025, "amount": "2500000000.50"}]}

TABLE: dict[str, tuple[dict[str, int], dict | None]] = {
    "map": (OPEN, None),
    "map_geojson": (OPEN, None),
    "explain": (OPEN, None),
    "map_regions": (OPEN, None),
    "regions": (OPEN, None),
    "region": (OPEN, None),
    "missing_evidence": (OPEN, None),
    "objects": (OPEN, None),
    "object": (OPEN, None),
    "affairs": (OPEN, None),
    "areas": (OPEN, None),
    "indicators": (OPEN, None),
    "indicator": (OPEN, None),
    "indicator_values": (OPEN, None),
    "observations": (OPEN, None),
    "sources": (OPEN, None),
    "imports": (OPEN, None),
    "import": (OPEN, None),
    "import_undo": (only(*NOBODY, hidden=403), {}),
    "import_adopt": (only(*NOBODY, hidden=403), {}),
    "upload": (only(*EDIT, done=201, hidden=403), {"organisation": "kota-banjarbaru"}),
    "upload_preview": (only(*ASKERS, done=404), None),
    "upload_reading": (only(*ASKERS, done=404), {}),
    "upload_load": (only(*ASKERS, done=404), {}),
    "upload_status": (only(*ASKERS, done=404), None),
    "upload_forget": (only(*ASKERS, done=404), None),
    "lists": (OPEN, None),
    "list_create": (only(*EDIT, done=201, hidden=403), NAMED),
    "list": (SEEN, None),
    "list_change": (only(*EDIT), {"name": "Lain"}),
    "list_put_away": (only(*REMOVE, done=204), None),
    "list_restore": (only(*REMOVE, done=404), {}),
    "list_file": (SEEN, None),
    "entries": (SEEN, None),
    "entry_add": (
        only(*EDIT, done=201),
        {"object": "TPA_REGIONAL", "members": ["63.71", "63.72"]},
    ),
    "entry": (SEEN, None),
    "entry_change": (only(*EDIT), {"lead": "DLH Provinsi"}),
    "entry_remove": (only(*EDIT, done=204), None),
    "entry_restore": (only(*EDIT, done=404), {}),
    "entry_move": (only(*EDIT), {"to": 2}),
    "entry_renew": (only(*EDIT), {}),
    "saved_maps": (OPEN, None),
    "map_save": (only(*EDIT, done=201, hidden=403), NAMED),
    "saved_map": (SEEN, None),
    "map_change": (only(*EDIT), {"name": "Lain"}),
    "map_put_away": (only(*REMOVE, done=204), None),
    "map_restore": (only(*REMOVE, done=404), {}),
    "forums": (OPEN, None),
    "forum_announce": (only(*EDIT, done=201, hidden=403), MEETING),
    "forum": (SEEN, None),
    "forum_move": (only(*REMOVE, done=422), {"stage": "closed"}),
    "forum_put_away": (only(*REMOVE, done=204), None),
    "forum_restore": (only(*REMOVE, done=404), {}),
    "forum_issues": (SEEN, None),
    "issue_raise": (
        only(*EDIT, done=422),
        {"organisation": "kota-banjarbaru", "title": "Terlambat"},
    ),
    "forum_themes": (SEEN, None),
    "forum_ballots": (SEEN, None),
    "vote": (
        only(*EDIT),
        {"organisation": "kota-banjarbaru", "places": {}, "code": "kode" * 5},
    ),
    "forum_points": (SEEN, None),
    "points": (OPEN, None),
    "point": (SEEN, None),
    "point_report": (only(*EDIT), {"status": "received", "day": "2024-05-02"}),
    "practices": (OPEN, None),
    "practice": (SEEN, None),
    "practice_present": (only(*EDIT, done=201, hidden=403), PRACTICE),
    "plans": (OPEN, None),
    "plan": (SEEN, None),
    "plan_create": (only(*EDIT, done=201, hidden=403), PLAN),
    "plan_versions": (SEEN, None),
    "version_make": (only(*EDIT, done=201), {"copy_of": 1}),
    "version_current": (only(*EDIT), {}),
    "plan_lines": (SEEN, None),
    "plan_line": (SEEN, None),
    "line_add": (only(*EDIT, done=201), LINE),
    "line_change": (only(*EDIT), LINE),
    "line_remove": (only(*EDIT, done=204), None),
    "line_funding": (SEEN, None),
    "sync_runs": (OPEN, None),
    "sync_run": (SEEN, None),
    "findings": (SEEN, None),
    "finding": (SEEN, None),
    "rankings": (OPEN, None),
    "ranking": (SEEN, None),
    "ranking_order": (SEEN, None),
    "portfolios": (OPEN, None),
    "portfolio": (SEEN, None),
    "portfolio_projects": (SEEN, None),
    "portfolio_runs": (SEEN, None),
    "portfolio_run": (SEEN, None),
    "portfolio_others": (SEEN, None),
    "portfolio_prices": (SEEN, None),
    "portfolio_wishes": (SEEN, None),
    "portfolio_conflict": (SEEN, None),
    "agreements": (OPEN, None),
    "agreement": (SEEN, None),
    "audience": (SEEN, None),
    "share": (only(*SHARE), {}),
    "unshare": (only(*SHARE, done=204), None),
    "set_visibility": (only("approver"), {"visibility": "public"}),
    "history": (SEEN | {"visitor": 401}, None),
    "organisations": (KNOWN, None),
    "organisation_create": (only(*NOBODY, hidden=403), {"name": "Baru", "kind": "third_party"}),
    "organisation": (KNOWN, None),
    "organisation_change": (only(*MANAGE, hidden=403), {"name": "Kota Banjarbaru Baru"}),
    "organisation_put_away": (only(*NOBODY, hidden=403), None),
    "organisation_restore": (only(*ASKERS, done=404), {}),
    "members": (KNOWN, None),
    "member_add": (only(*MANAGE, done=422, hidden=403), {}),
    "member_remove": (only(*MANAGE, done=204, hidden=403), None),
    "people": (KNOWN | {"foreign": 403}, None),
    "role_give": (only(*MANAGE, done=204, hidden=403), {}),
    "role_end": (only(*MANAGE, done=204, hidden=403), None),
    "invitations": (only(*MANAGE, hidden=403), None),
    "invite": (
        only(*MANAGE, done=201, hidden=403),
        {"email": "baru@contoh.test", "role": "viewer"},
    ),
    "invitation_resend": (only(*MANAGE, done=404, hidden=403), {}),
    "invitation_revoke": (only(*MANAGE, done=404, hidden=403), None),
    "audit": (only("approver", "administrator", hidden=403), None),
    "audit_verify": (only(*NOBODY, hidden=403), None),
    "me": (OPEN, None),
    "tokens": (KNOWN, None),
    "token_revoke": (KNOWN | dict.fromkeys(ASKERS[1:], 204), None),
}
"""Operation to the status for each asker, and a body."""
QUERY = {"audit": "organisation=kota-banjarbaru", "upload": ""}
NEEDED = {
    "list_create": Scope.WRITE,
    "list_change": Scope.WRITE,
    "list_put_away": Scope.WRITE,
    "entry_add": Scope.WRITE,
    "entry_change": Scope.WRITE,
    "entry_remove": Scope.WRITE,
    "entry_move": Scope.WRITE,
    "entry_renew": Scope.WRITE,
    "map_save": Scope.WRITE,
    "map_change": Scope.WRITE,
    "map_put_away": Scope.WRITE,
    "forum_announce": Scope.WRITE,
    "forum_move": Scope.WRITE,
    "forum_put_away": Scope.WRITE,
    "issue_raise": Scope.WRITE,
    "vote": Scope.WRITE,
    "point_report": Scope.WRITE,
    "practice_present": Scope.WRITE,
    "plan_create": Scope.WRITE,
    "version_make": Scope.WRITE,
    "version_current": Scope.WRITE,
    "line_add": Scope.WRITE,
    "line_change": Scope.WRITE,
    "line_remove": Scope.WRITE,
    "upload": Scope.WRITE,
    "share": Scope.SHARE,
    "unshare": Scope.SHARE,
    "set_visibility": Scope.SHARE,
    "invitations": Scope.MANAGE,
    "invite": Scope.MANAGE,
    "organisation_change": Scope.MANAGE,
    "role_give": Scope.MANAGE,
    "audit": Scope.AUDIT,
}
"""Operations that a token without one scope may not do, although its person may."""

OPERATIONS = {
    one["operationId"]: (method, path)
    for path, methods in document(API)["paths"].items()
    for method, one in methods.items()
}
pytestmark = pytest.mark.usefixtures("shipped")


@pytest.fixture(autouse=True)
def _without_limits(settings) -> None:
    settings.SINERGI_API_LIMITS = dict.fromkeys(
        ("person", "visitor", "heavy", "heavy_visitor", "refused"), 10**6
    )


@pytest.fixture
def world(shipped) -> World:
    from tests.api.world import make_world

    return make_world()


def ask(client, world: World, operation: str, headers: dict[str, str]):
    """Ask for an operation on the things of the world."""
    method, path = OPERATIONS[operation]
    body = TABLE[operation][1]
    address = path
    for name, value in world.parameters(path).items():
        address = address.replace("{" + name + "}", str(value))
    address = address.replace("{token_id}", "1")
    if query := QUERY.get(operation):
        address += f"?{query}"
    if operation == "upload":
        file = __import__("io").BytesIO(b"kode,tahun,stunting\n63.72,2023,21.5\n")
        file.name = "data.csv"
        return client.post(address, {**body, "file": file}, headers=headers)
    told = {**headers, "If-Match": "*"}
    content = None if body is None else json.dumps(body)
    return client.generic(
        method.upper(), address, content or "", content_type="application/json", headers=told
    )


def headers_of(world: World, asker: str) -> dict[str, str]:
    """A token of somebody with one role, or of another organisation, or none."""
    if asker == "visitor":
        return {}
    if asker == "foreign":
        other = organisation("kab-banjar")
        return bearer(token(person("Orang Luar", ("approver", other)), other))
    return bearer(token(person(f"Peran {asker}", (asker, world.own)), world.own))


def test_every_operation_is_in_the_table() -> None:
    assert set(TABLE) == set(OPERATIONS)


def tried(client, world: World, operation: str, headers: dict[str, str]) -> tuple[int, bytes]:
    """Ask, and take back what was done."""
    with transaction.atomic():
        answer = ask(client, world, operation, headers)
        transaction.set_rollback(True)
    return answer.status_code, b"" if answer.status_code < 400 else answer.content[:300]


@pytest.mark.parametrize("asker", ASKERS)
def test_the_table_of_who_may_do_what(client, world, asker) -> None:
    headers = headers_of(world, asker)
    wrong = {}
    for operation, (wanted, _body) in TABLE.items():
        status, told = tried(client, world, operation, headers)
        if status != wanted[asker]:
            wrong[operation] = (status, wanted[asker], told)
    assert wrong == {}


def test_a_token_without_the_scope_may_not(client, world) -> None:
    wrong = {}
    for operation, scope in NEEDED.items():
        others = [one for one in Scope if one is not scope]
        headers = bearer(token(world.everything, world.own, *others))
        status, told = tried(client, world, operation, headers)
        if status != 403:
            wrong[operation] = (status, told)
    assert wrong == {}


def test_without_the_scope_to_read_nothing_private_is_seen(client, world) -> None:
    told = bearer(token(world.everything, world.own, Scope.WRITE))
    assert ask(client, world, "list", told).status_code == 404
    assert client.get("/api/v1/lists", headers=told).json()["total"] == 0


@pytest.mark.parametrize("change", ["revoked", "expired", "inactive", "put_away"])
@pytest.mark.parametrize("operation", ["list", "objects", "list_change", "me"])
def test_a_token_that_ended_opens_nothing(client, world, operation, change) -> None:
    from django.utils import timezone

    told, now = bearer(token(world.everything, world.own)), timezone.now()
    if change == "inactive":
        world.everything.is_active = False
        world.everything.save()
    elif change == "put_away":
        world.own.deleted_at = now
        world.own.save()
    else:
        column = "revoked_at" if change == "revoked" else "expires_at"
        ApiToken.objects.update(**{column: now})
    answer = ask(client, world, operation, told)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_role_that_ended_takes_the_token_along(client, world) -> None:
    told = bearer(token(world.everything, world.own))
    world.everything.assignments.update(ended_at=world.priority_list.created)
    assert ask(client, world, "list", told).status_code == 404
