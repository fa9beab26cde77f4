"""What is deleted for good after the retention period: put away things, ended sessions, unused addresses.

What can be put away has a field `deleted_at`; it is found by that, and goes with its parts: rows of its own
room that mean nothing without it. A room that needs more registers how: `purging`. What something else refers
to, such as an organisation that owns a list, stays.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Q
from django.db.models.deletion import ProtectedError
from django.utils import timezone

from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import (
    Affiliation,
    ApiToken,
    Assignment,
    Invitation,
    Organisation,
    Owned,
    Share,
)
from sinergi.accounts.principal import Principal, operator
from sinergi.accounts.tasks import daily
from sinergi.accounts.vocabulary import Channel
from sinergi.agreements.files.store import forget_unreferenced, sweep, unreferenced
from sinergi.evidence import uploads
from sinergi.forums.models import Forum
from sinergi.forums.queries.lineage import leads_on
from sinergi.programs.models import Plan
from sinergi.programs.queries.using import is_used

FORGOTTEN = "forgotten.invalid"
"""Where the addresses of invitations go that nobody took up: a domain that cannot exist."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something whose time is over.

    Attributes
    ----------
    kind, number, name
        What it is; the name of a person or an address is never told.
    organisation
        Number of the organisation that it belonged to.
    """

    kind: str
    number: int
    name: str
    organisation: int | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Purged:
    """What was deleted for good, or would be.

    Attributes
    ----------
    kept
        What somebody still refers to, and stays.
    files
        How many files nothing refers to any more.
    """

    due: list[Due]
    kept: list[Due]
    sessions: int
    addresses: int
    uploads: int
    files: int = 0


Remove = Callable[[Any], None]
_removals: dict[type[models.Model], Remove] = {}


def purging(model: type[models.Model]) -> Callable[[Remove], Remove]:
    """Register how a thing of a model is deleted for good, where deleting its parts is not enough."""

    def register(remove: Remove) -> Remove:
        _removals[model] = remove
        return remove

    return register


def put_away_models() -> list[type[models.Model]]:
    """Return the models whose rows can be put away, those first that belong to others."""
    found = [
        model
        for model in apps.get_models()
        if any(field.name == "deleted_at" for field in model._meta.fields)  # noqa: SLF001 - documented
    ]
    return sorted(found, key=lambda model: (-len(_owners(model, found)), model.__name__))


def _owners(model: type[models.Model], among: list[type[models.Model]]) -> set[type[models.Model]]:
    """Return what a model refers to, directly or through others."""
    out: set[type[models.Model]] = set()
    queue = [model]
    while queue:
        for field in queue.pop()._meta.fields:  # noqa: SLF001 - documented
            owner = field.related_model
            if owner in among and owner not in out and owner is not model:
                out.add(owner)
                queue.append(owner)
    return out


def purge(
    *, dry_run: bool = False, now: datetime | None = None, by: Principal | None = None
) -> Purged:
    """Delete for good what was put away longer ago than the retention period; the audit trail stays.

    Parameters
    ----------
    dry_run
        Only say what would be deleted.
    by
        Who does it; the operator unless told.
    """
    now = now or timezone.now()
    limit = now - timedelta(days=settings.SINERGI_RETENTION_DAYS)
    actor = by or operator()
    due: list[Due] = []
    kept: list[Due] = []
    for model in put_away_models():
        for row in _over(model, limit):
            told = _due(row)
            (due if _gone(row, told, actor, dry_run=dry_run) else kept).append(told)
    return Purged(
        due,
        kept,
        _sessions(now, dry_run),
        _addresses(limit, dry_run),
        _uploads(dry_run),
        _files(dry_run),
    )


def _over(model: type[models.Model], limit: datetime) -> Iterator[Any]:
    manager = model._base_manager  # noqa: SLF001 - documented; others hide what is put away
    yield from manager.filter(deleted_at__lt=limit).order_by("pk")


def _due(row: Any) -> Due:
    return Due(
        getattr(row, "KIND", row._meta.model_name),  # noqa: SLF001 - documented
        row.pk,
        str(getattr(row, "label", row))[:255],
        getattr(row, "organisation_id", None),
        row.deleted_at,
    )


def _gone(row: Any, told: Due, by: Principal, *, dry_run: bool) -> bool:
    """Delete one thing with what belongs to it, and record it; `False` where somebody still refers to it."""
    try:
        with transaction.atomic():
            remove = _removals.get(type(row), _with_parts)
            remove(row)
            if isinstance(row, Owned):
                Share.objects.filter(kind=told.kind, object_id=told.number).delete()
            if dry_run:
                transaction.set_rollback(True)
            else:
                record(
                    by,
                    Verb.PURGED,
                    kind=told.kind[:20],
                    object_id=told.number,
                    organisation=told.organisation,
                    name=told.name,
                )
    except ProtectedError:
        return False
    return True


def _with_parts(row: Any) -> None:
    """Delete a thing and the parts that belong to its room: its entries, their members, its events.

    Raises
    ------
    ProtectedError
        When something of another room, or something that is not put away itself, refers to it.
    """
    for relation in row._meta.get_fields(include_hidden=True):  # noqa: SLF001 - documented
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        model = relation.related_model
        if model._meta.app_label != row._meta.app_label or _is_own_thing(model):  # noqa: SLF001
            continue
        parts = model._base_manager.filter(**{relation.field.name: row})  # noqa: SLF001
        if relation.field.null:
            parts.update(**{relation.field.name: None})
            continue
        for part in parts:
            _with_parts(part)
    row.delete()


@purging(Organisation)
def _organisation(row: Any) -> None:
    """Delete an organisation with the roles in it; the audit trail knows who held them.

    Raises
    ------
    ProtectedError
        When it owns anything, or is above another.
    """
    Affiliation.objects.filter(Q(association=row) | Q(member=row)).delete()
    for model in (Assignment, Invitation, ApiToken, Share):
        model._base_manager.filter(organisation=row).delete()  # noqa: SLF001
    row.delete()


@purging(Forum)
def _forum(row: Any) -> None:
    """Delete a forum with all that is in it, unless points of other forums came from it.

    Raises
    ------
    ProtectedError
        When they did: where a sentence comes from is never lost.
    """
    if leads_on(row):
        msg = "points of other forums came from it"
        raise ProtectedError(msg, {row})
    _with_parts(row)


@purging(Plan)
def _plan(row: Any) -> None:
    """Delete a plan with its versions and lines, unless runs, rankings or portfolios rest on it.

    Raises
    ------
    ProtectedError
        When they do.
    """
    if is_used(row):
        msg = "runs, rankings or portfolios rest on it"
        raise ProtectedError(msg, {row})
    row.delete()


def _is_own_thing(model: type[models.Model]) -> bool:
    """Whether rows of a model belong to somebody in their own right, or are people's."""
    return issubclass(model, Owned) or model._meta.app_label == "accounts"  # noqa: SLF001


def _sessions(now: datetime, dry_run: bool) -> int:
    over = Session.objects.filter(expire_date__lt=now)
    return over.count() if dry_run else over.delete()[0]


def _addresses(limit: datetime, dry_run: bool) -> int:
    """Forget the addresses of invitations that were over before the limit."""
    over = Invitation.objects.filter(expires_at__lt=limit).exclude(email__endswith=f"@{FORGOTTEN}")
    if dry_run:
        return over.count()
    done = 0
    for invitation in over:
        done += Invitation.objects.filter(pk=invitation.pk).update(
            email=f"invitation-{invitation.pk}@{FORGOTTEN}"
        )
    return done


def _uploads(dry_run: bool) -> int:
    waiting = len(uploads.old())
    if not dry_run:
        uploads.remove_old()
    return waiting


def _files(dry_run: bool) -> int:
    """Delete files that nothing refers to any more, and contents that no row knows."""
    if dry_run:
        return len(unreferenced())
    gone = forget_unreferenced()
    sweep()
    return gone


@daily("keeping.purge")
def purge_daily(day: date) -> None:
    """Delete what is due, every day."""
    purge(by=operator(Channel.WORKER))
