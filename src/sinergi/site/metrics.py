"""What Prometheus reads: requests, sign-ins that failed, tasks, the end of the audit trail."""

from collections.abc import Iterator

from django.contrib.auth.signals import user_login_failed
from django.db.models import Avg, Count, ExpressionWrapper, F, fields
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
    values,
)
from prometheus_client.core import GaugeMetricFamily, Metric, SummaryMetricFamily
from prometheus_client.registry import Collector

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 10.0, 30.0)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OF_PROCESS = CollectorRegistry()
"""What this process counts; where several count, their sum is read from the files that they share."""

REQUESTS = Counter(
    "sinergi_requests_total",
    "Requests answered.",
    ("view", "method", "status"),
    registry=OF_PROCESS,
)
SECONDS = Histogram(
    "sinergi_request_seconds",
    "Seconds until the answer was ready.",
    ("view", "method"),
    buckets=BUCKETS,
    registry=OF_PROCESS,
)
FAILED_SIGN_INS = Counter(
    "sinergi_sign_in_failures_total", "Sign-ins that failed.", registry=OF_PROCESS
)


def count_request(view: str, method: str, status: int, seconds: float) -> None:
    """Count an answered request; methods that nobody knows are counted together."""
    method = method if method in METHODS else "other"
    REQUESTS.labels(view, method, str(status)).inc()
    SECONDS.labels(view, method).observe(seconds)


def _count_failure(**_rest: object) -> None:
    FAILED_SIGN_INS.inc()


user_login_failed.connect(_count_failure, dispatch_uid="sinergi.site.metrics")


class OfTheDatabase(Collector):
    """Asks the database when it is read: the queue, tasks and how long they took, the audit trail."""

    def collect(self) -> Iterator[Metric]:
        """Give every metric of the database."""
        yield from self._tasks()
        yield self._durations()
        yield self._trail()

    def _tasks(self) -> Iterator[Metric]:
        from django_tasks.base import TaskResultStatus  # noqa: PLC0415 - needs the registry of apps
        from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 - as above

        counts = dict(DBTaskResult.objects.values_list("status").annotate(Count("pk")).order_by())
        for name, status, words in (
            ("sinergi_tasks_waiting", TaskResultStatus.READY, "Tasks that wait for a worker."),
            ("sinergi_tasks_running", TaskResultStatus.RUNNING, "Tasks being worked on."),
            ("sinergi_tasks_failed", TaskResultStatus.FAILED, "Tasks that failed for good."),
        ):
            yield GaugeMetricFamily(name, words, value=counts.get(status, 0))

    def _durations(self) -> Metric:
        from django_tasks.base import TaskResultStatus  # noqa: PLC0415 - as above
        from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 - as above

        words = "Seconds that finished tasks took, by task; imports are tasks."
        metric = SummaryMetricFamily("sinergi_task_seconds", words, labels=("task",))
        took = ExpressionWrapper(
            F("finished_at") - F("started_at"), output_field=fields.DurationField()
        )
        done = DBTaskResult.objects.filter(
            status=TaskResultStatus.SUCCESSFUL, finished_at__isnull=False
        )
        for row in (
            done.values("task_path").order_by("task_path").annotate(n=Count("pk"), mean=Avg(took))
        ):
            seconds = row["mean"].total_seconds() * row["n"] if row["mean"] else 0.0
            metric.add_metric((row["task_path"].rpartition(".")[2],), row["n"], seconds)
        return metric

    def _trail(self) -> Metric:
        from sinergi.accounts.models.audit import AuditHead  # noqa: PLC0415 - as above

        head = AuditHead.objects.filter(pk=1).values_list("sequence", flat=True).first()
        words = "Number of the last record of the audit trail; never goes down."
        return GaugeMetricFamily("sinergi_audit_head_sequence", words, value=head or 0)


def exposition() -> bytes:
    """Return all metrics of all processes in the text format of Prometheus."""
    shared = values.ValueClass.__name__ != "MutexValue"
    registry = CollectorRegistry() if shared else OF_PROCESS
    if shared:
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    of_database = CollectorRegistry()
    of_database.register(OfTheDatabase())
    return bytes(generate_latest(registry) + generate_latest(of_database))
