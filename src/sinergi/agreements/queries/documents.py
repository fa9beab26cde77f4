"""Documents of an agreement with their versions, and the data from which they are filled."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from sinergi.agreements import errors
from sinergi.agreements.documents import data as values
from sinergi.agreements.documents.checking import Contradiction, contradictions
from sinergi.agreements.documents.rendering import filled_clauses, snapshot, with_late
from sinergi.agreements.documents.when import falls_due
from sinergi.agreements.models import (
    Acceptance,
    Agreement,
    ClauseRemark,
    Document,
    DocumentVersion,
    Obligation,
    ObligationKind,
    Party,
    Service,
)
from sinergi.agreements.schedules import Schedule, ScheduleError
from sinergi.reference import queries as reference

PROVINCE_LENGTH = 2
GOVERNMENT = "PEMDA"


def documents(agreement: Agreement) -> list[Document]:
    """Return the documents of an agreement, each with the number of its last version as `last`."""
    rows = Document.objects.filter(agreement=agreement, removed_at=None).select_related("party")
    return list(rows.annotate(last=Max("versions__number")).order_by("pk"))


def document(agreement: Agreement, pk: int) -> Document:
    """Return a document of an agreement that the reader may see.

    Raises
    ------
    NotFoundError
    """
    rows = Document.objects.filter(agreement=agreement, removed_at=None, pk=pk)
    found = rows.select_related("party", "template__file").first()
    if found is None:
        raise errors.not_found(_("The document"))
    found.agreement = agreement
    return found


def version(row: Document, number: int | None = None) -> DocumentVersion:
    """Return a version of a document by its number, or the last one.

    Raises
    ------
    NotFoundError
    """
    rows = DocumentVersion.objects.filter(document=row).select_related("by").order_by("-number")
    found = (rows if number is None else rows.filter(number=number)).first()
    if found is None:
        raise errors.not_found(_("The version"))
    return found


def versions(row: Document) -> list[DocumentVersion]:
    """Return the versions of a document, the last one first, without their texts."""
    rows = DocumentVersion.objects.filter(document=row).select_related("by")
    return list(rows.defer("clauses", "values", "text").order_by("-number"))


def keys_used(row: Document) -> set[str]:
    """Return the keys of clauses that any version of a document has or had."""
    rows = DocumentVersion.objects.filter(document=row).values_list("clauses", flat=True)
    return {one["key"] for clauses in rows for one in clauses}


def remarks(row: Document) -> dict[str, list[ClauseRemark]]:
    """Return what was said to the clauses of a document, by key; open ones first."""
    found: dict[str, list[ClauseRemark]] = defaultdict(list)
    rows = ClauseRemark.objects.filter(document=row).select_related("party")
    for one in sorted(rows, key=lambda one: (one.settled_at is not None, one.pk)):
        found[one.clause].append(one)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Accepting:
    """How a party stands to the last version; `before` is what it said to an earlier one."""

    party: Party
    answer: Acceptance | None
    before: Acceptance | None

    @property
    def voided(self) -> bool:
        """Whether it accepted an earlier version, which counts no more."""
        return self.answer is None and self.before is not None and self.before.accepted


def accepting(last: DocumentVersion, parties: Iterable[Party]) -> list[Accepting]:
    """Return how each party stands to the last version of a document."""
    rows = Acceptance.objects.filter(version__document=last.document_id).select_related("version")
    by_party: dict[int, list[Acceptance]] = defaultdict(list)
    for one in rows.order_by("version__number"):
        by_party[one.party_id].append(one)
    told = []
    for party in parties:
        said = by_party[party.pk]
        now = next((one for one in said if one.version_id == last.pk), None)
        before = [one for one in said if one.version.number < last.number]
        told.append(Accepting(party, now, before[-1] if before else None))
    return told


def accepted_by_all(last: DocumentVersion, parties: Iterable[Party]) -> bool:
    """Whether every party accepts the last version."""
    told = accepting(last, parties)
    return bool(told) and all(one.answer is not None and one.answer.accepted for one in told)


def data_of(agreement: Agreement, row: Document | None = None) -> values.DocumentData:
    """Return what an agreement says, for a document of it."""
    everybody = list(Party.objects.filter(agreement=agreement).order_by("position", "pk"))
    there = [one for one in everybody if one.left_on is None]
    terms = reference.agreement_terms("end_ground").values()
    return values.DocumentData(
        title=row.title if row else agreement.title,
        number=row.number if row else "",
        dated=row.dated if row else None,
        family=agreement.family,
        object_name=_object_name(agreement),
        background=agreement.background,
        purpose=agreement.purpose,
        scope=agreement.scope,
        place=agreement.place,
        benefits=agreement.benefits,
        impact=agreement.impact,
        funding=agreement.funding,
        begins=agreement.begins,
        ends=agreement.ends,
        author=row.party_id if row else None,
        parties=tuple(_party(one, place) for place, one in enumerate(there, start=1)),
        left=tuple(one.name for one in everybody if one.left_on is not None),
        obligations=tuple(_obligations(agreement)),
        services=tuple(_services(agreement)),
        measures=tuple(
            values.MeasureData(one.name, one.unit, one.baseline, one.target, one.target_on)
            for one in agreement.measures.all()
        ),
        grounds=tuple(one.name_id for one in terms),
    )


def _object_name(agreement: Agreement) -> str:
    known = reference.catalogue().get(agreement.object_code)
    return known.name_id if known else agreement.object_text


def _party(one: Party, place: int) -> values.PartyData:
    known = reference.pack().region.get(one.region_code[:PROVINCE_LENGTH])
    return values.PartyData(
        one.pk,
        place,
        one.name,
        agency=one.agency,
        representative=one.representative,
        office=one.office,
        address=one.address,
        duty=one.duty,
        province=known.name if known else "",
        is_province=len(one.region_code) == PROVINCE_LENGTH,
        government=one.kind == GOVERNMENT,
    )


def _obligations(agreement: Agreement) -> Iterable[values.ObligationData]:
    rows = Obligation.objects.filter(agreement=agreement, removed_at=None, ended_on=None)
    for one in rows.order_by("number"):
        schedule = _schedule(one)
        yield values.ObligationData(
            one.number,
            one.debtor_id,
            one.creditor_id,
            one.text,
            one.quantity,
            one.unit,
            one.amount,
            one.target,
            money=one.kind == ObligationKind.MONEY,
            due=falls_due(schedule) if schedule else "",
            per_unit=schedule is not None and schedule.per_unit,
        )


def _schedule(one: Obligation) -> Schedule | None:
    try:
        return Schedule.from_json(one.schedule or {})
    except ScheduleError:
        return None


def _services(agreement: Agreement) -> Iterable[values.ServiceData]:
    rows = Service.objects.filter(agreement=agreement).prefetch_related("quotas", "tariffs")
    for one in rows:
        quotas = (
            values.QuotaData(q.party_id, q.per_day, q.kind == "design", q.since, q.until)
            for q in one.quotas.all()
        )
        tariffs = (
            values.TariffData(t.amount, t.since, t.until, f"{t.basis} {t.basis_number}".strip())
            for t in one.tariffs.all()
        )
        yield values.ServiceData(
            one.name, one.unit, one.provider_id, one.capacity, tuple(quotas), tuple(tariffs)
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """A version as its page shows it.

    Attributes
    ----------
    clauses
        With `key`, `nomor`, `judul`, and the filled text as `teks`.
    missing
        By key: placeholders that the data did not say.
    against
        By key: what contradicts the present data.
    outdated
        Whether the data changed since the version was written.
    """

    clauses: list[dict[str, Any]]
    missing: dict[str, tuple[str, ...]]
    against: dict[str, list[Contradiction]]
    outdated: bool
    values: dict[str, Any]


def seen(row: Document, shown: DocumentVersion) -> Seen:
    """Return a version with what is missing in it and what contradicts the present data."""
    data = data_of(row.agreement, row)
    filled_in = with_late(shown.values.get("values", {}), data)
    clauses, missing = filled_clauses(shown.clauses, filled_in)
    against: dict[str, list[Contradiction]] = defaultdict(list)
    for one in contradictions(clauses, data):
        against[one.key].append(one)
    present = snapshot(data)
    return Seen(clauses, missing, dict(against), _outdated(present, shown.values), filled_in)


def _outdated(present: dict[str, Any], kept: dict[str, Any]) -> bool:
    """Whether what was filled in is said otherwise now, but for number, day and title."""
    late = dict.fromkeys(("nomor", "tanggal", "tanggal_lengkap", "judul"))
    now, then = ({**told, "values": {**told.get("values", {}), **late}} for told in (present, kept))
    return now != then
