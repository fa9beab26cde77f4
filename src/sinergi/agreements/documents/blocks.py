"""Longer parts of documents from the data: who the parties are, what each owes, tables. Pure functions."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sinergi.agreements.documents.data import DocumentData, ObligationData, PartyData
from sinergi.agreements.documents.numerals import day, number, rupiah, rupiah_in_words

GAP = "……"
"""What stands where the data says nothing."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ALL = "PARA PIHAK"
Table = dict[str, Any]


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them, such as `A, B, dan C`."""
    if len(names) < 3:
        return " dan ".join(names)
    return ", ".join(names[:-1]) + f", dan {names[-1]}"


def letter(place: int) -> str:
    """Return the letter of the item at a place, from 0: `a` to `z`, then `aa`."""
    many, rest = divmod(place, len(LETTERS))
    return (letter(many - 1) if many else "") + LETTERS[rest]


def lettered(items: Iterable[str]) -> str:
    """Return items a line each, with letters in front."""
    return "\n".join(f"{letter(place)}. {text}" for place, text in enumerate(items))


def sentence(items: Iterable[str]) -> str:
    """Return items a line each as parts of one sentence: `a. …;`, then `b. …; dan`, then `c. ….`."""
    told = [one.strip().rstrip(".;") for one in items]
    ends = [";"] * (len(told) - 2) + ["; dan"] * (len(told) > 1) + ["."]
    return lettered(f"{one}{end}" for one, end in zip(told, ends, strict=False))


def introductions(data: DocumentData) -> str:
    """Return who the parties are, who speaks for them, and how the text calls them."""
    return "\n".join(
        f"{one.place}. {one.representative or GAP}, {one.office or GAP}, berkedudukan di "
        f"{one.address or GAP}, dalam hal ini bertindak untuk dan atas nama {one.name}, "
        f"selanjutnya disebut {one.called}."
        for one in data.parties
    )


def addresses(data: DocumentData) -> str:
    """Return where letters to each party go."""
    return sentence(
        f"{one.called}: {one.agency or one.name}, {one.address or GAP}" for one in data.parties
    )


def _amounts(one: ObligationData) -> str:
    if one.amount is not None:
        return rupiah_in_words(one.amount)
    if one.quantity is not None:
        return f"{number(one.quantity)} {one.unit}".rstrip()
    return GAP if one.money and not one.per_unit else ""


def _owed(one: ObligationData) -> str:
    """Return what is owed, how much of it, and when."""
    much = _amounts(one)
    told = f", sebesar {much}" if much else ", sesuai tarif dan volume" if one.per_unit else ""
    return one.text.strip().rstrip(".;") + told + (f", {one.due}" if one.due else "")


def _duty(data: DocumentData, one: ObligationData) -> str:
    to = data.party(one.creditor)
    return _owed(one) + (f", kepada {to.called}" if to else "")


def duties(data: DocumentData) -> str:
    """Return what each party owes, a numbered paragraph for each."""
    return _by_party(
        data, "berkewajiban", lambda one: [o for o in data.obligations if o.debtor == one.pk]
    )


def rights(data: DocumentData) -> str:
    """Return what each party may expect of others."""

    def owed(party: PartyData) -> list[ObligationData]:
        return [
            one
            for one in data.obligations
            if one.debtor != party.pk and one.creditor in (party.pk, None)
        ]

    told, many = [], 0
    for party in data.parties:
        items = owed(party)
        if items:
            many += 1
            told.append(f"({many}) {party.called} berhak atas pelaksanaan kewajiban berikut:")
            told.append(sentence(_right(data, one) for one in items))
    return "\n".join(told)


def _right(data: DocumentData, one: ObligationData) -> str:
    who = data.party(one.debtor)
    return f"{_owed(one)}, oleh {who.called if who else GAP}"


def _by_party(data: DocumentData, verb: str, of: Any) -> str:
    told, many = [], 0
    for party in data.parties:
        items = of(party)
        if items:
            many += 1
            told.append(f"({many}) {party.called} {verb}:")
            told.append(sentence(_duty(data, one) for one in items))
    return "\n".join(told)


def _table(head: Sequence[str], rows: list[list[str]], right: Sequence[int] = ()) -> Table:
    return {"head": list(head), "rows": rows, "right": list(right)} if rows else {}


def _maybe(value: Decimal | None, unit: str = "") -> str:
    return GAP if value is None else f"{number(value)} {unit}".rstrip()


def obligation_table(data: DocumentData) -> Table:
    """Return every obligation as a row."""
    rows = []
    for one in data.obligations:
        who, to = data.party(one.debtor), data.party(one.creditor)
        much = rupiah(one.amount) if one.amount is not None else _amounts(one)
        rows.append(
            [
                str(one.number),
                who.called if who else GAP,
                to.called if to else ALL,
                one.text,
                much or ("sesuai tarif" if one.per_unit else "–"),
                one.due or "–",
            ]
        )
    head = ("No.", "Pihak", "Kepada", "Kewajiban", "Besaran", "Waktu")
    if not any(one.due for one in data.obligations):
        return _table(head[:-1], [row[:-1] for row in rows])
    return _table(head, rows)


def quota_table(data: DocumentData) -> Table:
    """Return the quota of each party and service; of what is agreed for use, not of the design."""
    rows = []
    for service in data.services:
        for one in service.quotas:
            who = data.party(one.party)
            if who and not one.design:
                much = f"{number(one.per_day)} {service.unit}/hari"
                rows.append([who.called, who.name, service.name, much])
    return _table(("Pihak", "Nama", "Layanan", "Kuota"), rows, (3,))


def tariff_table(data: DocumentData) -> Table:
    """Return the tariffs of each service with what allows to take them."""
    rows = [
        [
            service.name,
            f"{rupiah(one.amount)} per {service.unit}",
            day(one.since) + (f" – {day(one.until)}" if one.until else ""),
            one.basis or GAP,
        ]
        for service in data.services
        for one in service.tariffs
    ]
    return _table(("Layanan", "Tarif", "Berlaku sejak", "Dasar hukum"), rows, (1,))


def measure_table(data: DocumentData) -> Table:
    """Return the indicators with what they were and what they shall be."""
    rows = [
        [
            one.name,
            _maybe(one.baseline, one.unit),
            _maybe(one.target, one.unit),
            day(one.target_on) if one.target_on else GAP,
        ]
        for one in data.measures
    ]
    return _table(("Indikator", "Keadaan awal", "Sasaran", "Dicapai pada"), rows, (1, 2))
