"""Runs of synchronisation for tests: two neighbours with plans, and what is found between them."""

from sinergi.programs.actions.sync import RunDetails, begin
from sinergi.programs.models import Finding, SyncRun
from tests.programs.making import a_line, a_plan, a_version, office, planner

BANDUNG, CITY, PROVINCE = "32.04", "32.73", "32"
BILLION = 1_000_000_000
BRIDGE = "Pembangunan Jembatan Sei Cikapundung Kolot"


def line(version, title=BRIDGE, **fields):
    """A line of one year on roads, of a billion."""
    usual = {
        "code": "1.03.10.2.01.0004", "activity": "Pembangunan Jembatan", "first_year": 2025,
        "place": "Jalan Cikapundung Kolot",
        "last_year": 2025, "amounts": {2025: BILLION},
    }  # fmt: skip
    return a_line(version, title, **{**usual, **fields})


def neighbours(owner=None):
    """Versions of a plan of the regency and of one of the city beside it, of one organisation."""
    owner = owner or office()
    return (
        a_version(a_plan(owner, region_code=BANDUNG, title="RKPD Kabupaten")),
        a_version(a_plan(owner, region_code=CITY, title="RKPD Kota")),
    )


def a_run(by, owner, versions, **details) -> SyncRun:
    """A run that is computed."""
    told = RunDetails(**{"title": "Sinkronisasi 2025", **details})
    return begin(by, owner, told, [one.pk for one in versions])


def same_bridge(owner=None):
    """Somebody, a run over two neighbours that both plan one bridge, and that finding."""
    owner = owner or office()
    by = planner(owner, "approver")
    one, two = neighbours(owner)
    line(one)
    line(two)
    run = a_run(by, owner, (one, two))
    return by, run, Finding.objects.filter(run=run, rule="same_across").get()
