"""Whether the installation lives and is ready, for whatever watches it; and its metrics."""

import hmac
import ipaddress
import logging
import shutil
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sinergi.evidence import queries as evidence
from sinergi.reference.models import Region
from sinergi.site import metrics
from sinergi.site.proxies import PROXIED

LEAST_FREE = 200 * 1024 * 1024
"""Bytes below which an import or a backup cannot be expected to fit."""
LIFE = timedelta(minutes=2)
"""A worker not seen for longer is taken for gone."""
log = logging.getLogger("sinergi.health")


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; asks nothing else."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether pages can be served: 200 when all of it is there, otherwise 503 with what is not.

    A background worker is told of, but pages are served without one.
    """
    checks = {name: _holds(name, check) for name, check in CHECKS.items()}
    whole = all(checks.values())
    worker = checks["database"] and _holds("worker", has_worker)
    told = {name: "ok" if good else "failed" for name, good in checks.items()}
    told |= {"worker": "seen" if worker else "not seen"}
    answer = {"status": "ok" if whole else "unavailable", "checks": told}
    return JsonResponse(answer, status=200 if whole else 503)


def _holds(name: str, check: Callable[[], bool]) -> bool:
    """Return whether a check holds; why it does not is for the log, not for strangers."""
    try:
        return check()
    except (DatabaseError, OSError, LookupError, ValueError) as error:
        log.warning("%s: %s", name, type(error).__name__)
        return False


def database_answers() -> bool:
    """Return whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def is_migrated() -> bool:
    """Return whether the tables are as this version wants them; looked at until they are, then known."""
    if not _Known.migrated:
        executor = MigrationExecutor(connection)
        _Known.migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _Known.migrated


class _Known:
    """What does not become untrue while a process runs."""

    migrated = False


def has_data() -> bool:
    """Return whether reference and evidence are loaded."""
    return bool(Region.objects.exists() and evidence.as_of())


def has_room() -> bool:
    """Return whether the disk of the installation has room for an import."""
    return shutil.disk_usage(settings.HOME).free >= LEAST_FREE


def has_worker() -> bool:
    """Return whether a background worker was seen lately."""
    from sinergi.accounts.models.tasks import TaskWorker  # noqa: PLC0415 - needs the registry of apps

    now = timezone.now()
    # a sign from the future was left before the clock was set back
    return TaskWorker.objects.filter(seen_at__range=(now - LIFE, now + LIFE)).exists()


CHECKS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": is_migrated,
    "data": has_data,
    "disk": has_room,
}


def may_read_metrics(request: HttpRequest) -> bool:
    """Return whether a request has the token, or comes from this machine and through no proxy."""
    token = settings.SINERGI_METRICS_TOKEN
    kind, _, told = request.headers.get("Authorization", "").partition(" ")
    if token and kind.lower() == "bearer" and hmac.compare_digest(told.encode(), token.encode()):
        return True
    if request.META.get(PROXIED) or told:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@require_safe
@never_cache
def numbers(request: HttpRequest) -> HttpResponse:
    """Send the metrics to whoever may read them; to others there is no such page."""
    if not may_read_metrics(request):
        raise Http404
    return HttpResponse(
        metrics.exposition(), content_type="text/plain; version=0.0.4; charset=utf-8"
    )
