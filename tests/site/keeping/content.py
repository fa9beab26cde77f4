"""Content of every kind of value, as a database may hold it."""

from datetime import UTC, date, datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone

from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import ApiToken, Organisation, Person
from sinergi.accounts.principal import operator
from sinergi.evidence.models import ImportBatch, Indicator, Observation, Source
from sinergi.reference.models import Region, RegionShape, Succession
from tests import people

VALUES = (0.1, 1 / 3, -0.0, 5e-324, 1.7976931348623157e308, 1e16, 263_245.0)
NAMES = ("“Kahayan” – ‘satu’", 'garis\nbaru\ttab "kutip" \\', "كلمة 𝟘 é", "", "nan")


def fill() -> None:
    """Put in organisations, people, a session, audit records and odd values."""
    city = people.organisation("kota-palangka-raya")
    ani = people.person("Ani", ("analyst", city))
    ApiToken.objects.create(
        person=ani,
        organisation=city,
        name=NAMES[0],
        scopes=["read", {"b": [1.0, 1e16, None, True], "a": "é"}],
        digest="0" * 64,
        hint="snr_0000",
        expires_at=datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        last_used_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    session = SessionStore()
    session["of"] = ani.pk
    session.save()
    evidence()
    for name in NAMES:
        deed(city, name)
    gone = Organisation.objects.create(code="sementara", name="Sementara", kind="third_party")
    gone.delete()


def deed(city: Organisation, name: str) -> None:
    """Record something in the audit trail."""
    with transaction.atomic():
        record(
            operator(),
            Verb.CHANGED,
            kind="organisation",
            object_id=city.pk,
            organisation=city.pk,
            name=name,
            before={"name": "a"},
            after={"name": name},
        )


def evidence() -> None:
    """Put in a few regions with everything that evidence may hold of them."""
    source = Source.objects.create(code="s", name="Sumber")
    indicator = Indicator.objects.create(
        code="i",
        name_id="i",
        name_en="i",
        unit="percent",
        source=source,
        minimum=None,
        maximum=100.0,
    )
    batch = ImportBatch.objects.create(
        created_at=timezone.now() - timedelta(microseconds=1),
        filename="a.csv",
        sha256="0" * 64,
        mapping={"columns": {"z": 1, "a": [1.5, "é", None]}},
    )
    for number, value in enumerate(VALUES):
        region = Region.objects.create(
            code=f"62.{number:02}",
            name=NAMES[number % 5],
            level="city",
            area_km2=value,
            population=1,
        )
        RegionShape.objects.create(region=region, cells=bytes(range(256)) * number)
        Succession.objects.create(
            predecessor="00", successor=region, date=date(1999, 4, 21), kind="split"
        )
        Observation.objects.create(
            region=region,
            indicator=indicator,
            period="2025",
            value=value,
            source=source,
            batch=batch,
        )


def told() -> tuple[int, int, int]:
    """Say how many organisations and people there are, and how long the trail is."""
    from sinergi.accounts.models import AuditRecord

    return Organisation.objects.count(), Person.objects.count(), AuditRecord.objects.count()
