"""An agreement that nobody made, with which a template is tried: every field has something to show."""

from datetime import date
from decimal import Decimal

from sinergi.agreements.documents.data import (
    DocumentData,
    MeasureData,
    ObligationData,
    PartyData,
    QuotaData,
    ServiceData,
    TariffData,
)
from sinergi.agreements.documents.rendering import Payload, snapshot
from sinergi.agreements.documents.rendering import payload as payload_of
from sinergi.reference import queries as reference

PARTIES = tuple(
    PartyData(
        place,
        place,
        f"Pemerintah Daerah Contoh {place}",
        agency="Dinas Contoh",
        representative="NAMA PEJABAT",
        office="Kepala Daerah",
        address="Jalan Contoh",
        province="Contoh",
    )
    for place in (1, 2, 3)
)


def data() -> DocumentData:
    """Return the example."""
    return DocumentData(
        title="Contoh Kerja Sama",
        number="000/CONTOH",
        dated=date(2030, 1, 2),
        object_name="objek contoh",
        background="a. pertimbangan pertama;\nb. pertimbangan kedua.",
        purpose="tujuan contoh",
        scope="a. lingkup pertama;\nb. lingkup kedua.",
        place="lokasi contoh",
        benefits="manfaat contoh",
        impact="dampak contoh",
        funding="pembiayaan contoh",
        begins=date(2030, 1, 1),
        ends=date(2034, 12, 31),
        author=1,
        parties=PARTIES,
        obligations=(
            ObligationData(1, 1, None, "Menyediakan layanan contoh"),
            ObligationData(2, 2, 1, "Membayar layanan contoh", amount=Decimal(1_000_000)),
        ),
        services=(
            ServiceData(
                "Layanan contoh",
                "ton",
                1,
                quotas=(QuotaData(2, Decimal(10)),),
                tariffs=(TariffData(Decimal(1000), date(2030, 1, 1), basis="Dasar contoh"),),
            ),
        ),
        measures=(
            MeasureData("Indikator contoh", "%", Decimal(10), Decimal(20), date(2034, 12, 31)),
        ),
        grounds=("alasan pertama", "alasan kedua"),
    )


def payload(kind: str) -> Payload:
    """Return the example as a document of a kind, with all clauses that ship for it."""
    found = [one for one in reference.clauses().values() if kind in one.kinds]
    clauses = [
        {"key": f"k{place}", "heading": one.name_id, "text": one.text}
        for place, one in enumerate(found, start=1)
    ]
    told = data()
    return payload_of(kind, clauses, snapshot(told), told, version=1, note="Contoh")
