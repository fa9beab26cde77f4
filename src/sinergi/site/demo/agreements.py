"""Agreements of the demo: the landfill Banjarbakula as publications tell of it, and one to try things in."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db import transaction

from sinergi.accounts.actions import sharing
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Organisation, Visibility
from sinergi.agreements.actions import agreements as deeds
from sinergi.agreements.actions.alarms import refresh
from sinergi.agreements.actions.budget import BudgetDetails, set_budget
from sinergi.agreements.actions.parties import connect_party
from sinergi.agreements.actions.rows import part_of, tell
from sinergi.agreements.actions.services import set_quota, set_service, set_tariff
from sinergi.agreements.actions.tracks import advance
from sinergi.agreements.actions.volumes import set_volumes
from sinergi.agreements.details import AgreementDetails, PartyDetails
from sinergi.agreements.families import REGION
from sinergi.agreements.models import (
    Agreement,
    Obligation,
    ObligationKind,
    Origin,
    Party,
    Quota,
    Service,
)
from sinergi.agreements.queries import beginnings
from sinergi.agreements.queries.words import government_name
from sinergi.agreements.rules import IN_FORCE
from sinergi.agreements.schedules import Schedule
from sinergi.agreements.services import (
    QuotaDetails,
    ServiceDetails,
    TariffDetails,
    VolumeDetails,
)
from sinergi.site.demo.people import BANJAR, BARITO, HOST, OTHER, SOUTH, TANAH_LAUT, acts_as
from sinergi.site.demo.plans import PLANNER

CASE = "Demo – TPA Regional Banjarbakula (kasus nyata, dari pemberitaan)"
TRIAL = "Demo – Saling bantu bencana Banjarbaru–Banjarmasin (contoh rekaan)"
OPENED, REPORTED = date(2019, 12, 30), date(2020, 1, 31)
SIGNED, PAID_FROM = date(2021, 10, 22), date(2022, 1, 1)
NO_LINE, COUNTED = date(2022, 1, 28), date(2024, 9, 17)
"""Where a source gives only a month, its last day: nothing is said to be known earlier than it was."""
OPENING = "baritopost.co.id dan nusakini.com, 30-12-2019"
EARLIER = "baritopost.co.id, Januari 2020"
COMPENSATION = "kalsel.prokal.co dan klikkalsel.com, 22-10-2021"
UNBUDGETED = "klikkalsel.com, 28-1-2022"
IN_USE = "sinarpagibaru.id, 17-9-2024"
IN_ORDER = f"{IN_USE}; urutan anggota seperti kapasitas rancangan: anggapan"
SOURCES = f"{OPENING}; {EARLIER}; {COMPENSATION}; {UNBUDGETED}; {IN_USE}"
PROVINCE, LACKING = "63", "63.03"
MEMBERS = {"63.71": OTHER, "63.72": HOST, "63.03": BANJAR, "63.04": BARITO, "63.01": TANAH_LAUT}
DESIGN, OPERATING = (440, 200, 70, 40, 40), (105, 90, 60, 10, 10)
"""Tons a day of the members in their order."""
TAKES_IN = (
    "Menerima dan memproses sampah anggota di TPA Regional Banjarbakula, seluruhnya sampai 275 ton per hari. "
    f"Sumber: {IN_USE}; provinsi sebagai penyelenggara: anggapan."
)
BRINGS = f"Mengantar sampah ke TPA, paling banyak sebesar kuota operasional. Sumber: {IN_ORDER}."
PAYS = (
    "Membayar Rp65.000 untuk setiap ton yang dibawa mulai 1 Januari 2022. Hari pembayaran tidak disebut "
    f"sumber. Sumber: {COMPENSATION}."
)
NOTE = (
    "Disusun dari pemberitaan, bukan dari naskahnya. Yang tidak disebut sumber dibiarkan kosong: nomor dan "
    "tanggal naskah, jangka waktu, peraturan tentang tarif, penanda tangan, dan anggaran anggota lain. "
    "Mulai: hari TPA dibuka. Provinsi sebagai penyelenggara dan urutan kuota operasional: anggapan. "
    "Gratis sampai akhir 2021 karena tarif belum punya dasar hukum (kalsel.prokal.co, klikkalsel.com)."
)
SAID = "Contoh rekaan untuk demo, bukan kerja sama sungguhan. Silakan dipakai untuk mencoba."
TRIED = "PB_MUTUAL_AID"


def ensure_agreements() -> int:
    """Make the agreements of the demo unless there are such titles, put away or not; return how many."""
    parts = ((SOUTH, CASE, _case), (HOST, TRIAL, _trial))
    made = 0
    for code, title, make in parts:
        owner = Organisation.objects.filter(code=code, deleted_at=None).first()
        there = Agreement.objects.filter(organisation__code=code, title=title)
        if owner is not None and not there.exists():
            with transaction.atomic():
                make(owner)
            made += 1
    return made


def _region(code: str) -> PartyDetails:
    return PartyDetails(government_name(code), REGION, code)


def _case(owner: Organisation) -> None:
    """Write down what publications tell of the landfill, each figure with where it stands."""
    planner = acts_as(PLANNER)
    details = AgreementDetails(
        CASE,
        "KSDD",
        object_code="TPA_REGIONAL",
        begins=OPENED,
        note=NOTE,
        source=SOURCES,
        known_on=OPENED,
    )
    told = {"title": "Pemberitaan tentang TPA Regional Banjarbakula", "reasons": [SOURCES]}
    parties = [_region(code) for code in (PROVINCE, *MEMBERS)]
    made = deeds.create_agreement(
        planner, owner, details, parties, origin=Origin.PUBLISHED, origin_told=told
    )
    _connect(made, MEMBERS)
    _bring_into_force(made)
    at = {one.region_code: one.pk for one in Party.objects.filter(agreement=made)}
    service = _service(made, at)
    _tariffs(made, service)
    flow = VolumeDetails(
        None, COUNTED, Decimal(200), per_day=True, estimated=True, source=IN_USE, known_on=COUNTED
    )
    set_volumes(planner, made.pk, service.pk, [flow])
    lacking = BudgetDetails(2022, has_none=True, source=UNBUDGETED, known_on=NO_LINE)
    set_budget(planner, made.pk, at[LACKING], lacking)
    _obligations(made, at)
    _show(made)


def _obligations(made: Agreement, at: dict[str, int]) -> None:
    """Write what publications tell that each party owes; days of payment are in none of them."""
    rows = [_owed(ObligationKind.SERVICE, at[PROVINCE], None, TAKES_IN, sum(OPERATING))]
    for code, operating in zip(MEMBERS, OPERATING, strict=True):
        rows.append(_owed(ObligationKind.SERVICE, at[code], at[PROVINCE], BRINGS, operating))
        rows.append(_owed(ObligationKind.MONEY, at[code], at[PROVINCE], PAYS))
    by = acts_as(PLANNER)
    for number, row in enumerate(rows, start=1):
        row.agreement, row.number = made, number
        row.save()
        after = {"number": number, "text": row.text}
        part = part_of("obligation", number)
        tell(by, Verb.OBLIGATION_SET, made, {}, after, part=part)


def _owed(
    kind: ObligationKind, debtor: int, creditor: int | None, text: str, per_day: int | None = None
) -> Obligation:
    """Return an obligation by quantity, or by what is brought and the tariff."""
    by_tariff = Schedule(first=PAID_FROM, per_unit=True).to_json()
    return Obligation(
        kind=kind,
        debtor_id=debtor,
        creditor_id=creditor,
        text=text,
        quantity=None if per_day is None else Decimal(per_day),
        unit="" if per_day is None else "ton per hari",
        schedule=by_tariff if per_day is None else {},
    )


def _connect(made: Agreement, codes: dict[str, str]) -> None:
    """Let the organisations of the members act for them."""
    rows = {one.code: one for one in Organisation.objects.filter(deleted_at=None)}
    planner = acts_as(PLANNER)
    for party in Party.objects.filter(agreement=made, organisation=None):
        if codes.get(party.region_code) in rows:
            connect_party(planner, made.pk, party.pk, rows[codes[party.region_code]])


def _bring_into_force(made: Agreement) -> None:
    """Let each party go on, stage by stage, to where the agreement is kept."""
    planner = acts_as(PLANNER)
    for party in Party.objects.filter(agreement=made).order_by("position"):
        while party.stage != IN_FORCE:
            advance(planner, made.pk, party.pk)
            party.refresh_from_db(fields=["stage"])


def _service(made: Agreement, at: dict[str, int]) -> Service:
    planner = acts_as(PLANNER)
    details = ServiceDetails(
        "Pemrosesan akhir sampah di TPA Regional Banjarbakula",
        "ton",
        at[PROVINCE],
        Decimal(790),
        begins=OPENED,
        source=OPENING,
        known_on=OPENED,
    )
    service = set_service(planner, made.pk, details)
    for code, design, operating in zip(MEMBERS, DESIGN, OPERATING, strict=True):
        planned = QuotaDetails(
            at[code],
            Decimal(design),
            Quota.Kind.DESIGN.value,
            source=OPENING,
            known_on=OPENED,
        )
        used = QuotaDetails(at[code], Decimal(operating), source=IN_ORDER, known_on=COUNTED)
        set_quota(planner, made.pk, service.pk, planned)
        set_quota(planner, made.pk, service.pk, used)
    return service


def _tariffs(made: Agreement, service: Service) -> None:
    """Write the tariff that no regulation carried, and the one that followed two free years."""
    planner = acts_as(PLANNER)
    earlier = TariffDetails(
        Decimal(68_350), OPENED, date(2021, 12, 31), source=EARLIER, known_on=REPORTED
    )
    agreed = TariffDetails(
        Decimal(65_000),
        PAID_FROM,
        agreed_on=SIGNED,
        basis="Peraturan tentang tarif (nama dan nomornya tidak disebut sumber)",
        source=COMPENSATION,
        known_on=SIGNED,
    )
    for one in (earlier, agreed):
        set_tariff(planner, made.pk, service.pk, one)


def _trial(owner: Organisation) -> None:
    """Begin a cooperation of two cities as the opportunity map proposes it."""
    by = acts_as("analis.banjarbaru")
    key = beginnings.key_of_opportunity(TRIED, "63.71+63.72", "")
    found = beginnings.beginning(by, Origin.OPPORTUNITY, key)
    values = {name: found.values[name] for name in ("object_code", "affair", "background")}
    details = AgreementDetails(TRIAL, "KSDD", note=SAID, source=SAID, **values)
    made = deeds.create_agreement(
        by,
        owner,
        replace(details, geography=found.values["geography"]),
        found.parties,
        origin=found.origin,
        origin_key=found.key,
        origin_told=found.told,
    )
    _connect(made, {"63.71": OTHER, PROVINCE: SOUTH})
    _show(made)


def _show(made: Agreement) -> None:
    """Let everybody of the demo read an agreement, and raise its alarms."""
    made.refresh_from_db()
    sharing.set_visibility(acts_as(PLANNER), made, Visibility.PUBLIC, reason="Demo")
    refresh(made)
