"""Clauses that contradict the data: what a text says beside what the agreement says. Pure functions.

Only what a sentence says of something that the data knows is compared: the first and last day, the duration,
a tariff, a quota, what a party pays. A number that the data knows nothing of is nobody's contradiction.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sinergi.agreements.documents import claims
from sinergi.agreements.documents.data import ORDINALS, DocumentData, PartyData, ServiceData
from sinergi.agreements.documents.numerals import day, months_between, number, rupiah, span

BEGINS = re.compile(r"(?:sejak|mulai|terhitung|berlaku)[^,;]{0,40}$", re.IGNORECASE)
ENDS = re.compile(r"(?:sampai dengan|sampai|hingga|berakhir|s\.?d\.?)[^,;]{0,40}$", re.IGNORECASE)
DURATION = re.compile(r"jangka waktu|berlaku (?:untuk|selama)|masa berlaku", re.IGNORECASE)
OTHER_SPAN = re.compile(
    r"perpanjang|sebelum berakhir|paling (?:lama|lambat|sedikit)|setiap|pemberitahuan|evaluasi|"
    r"pemeliharaan|pembayaran|tagihan",
    re.IGNORECASE,
)
TARIFF = re.compile(r"\btarif\b|\bretribusi\b", re.IGNORECASE)
MONEY = re.compile(
    r"membayar|kontribusi|iuran|sharing|menyediakan dana|kewajiban pembayaran", re.IGNORECASE
)
FINE = re.compile(r"\bdenda\b|\bpinalti\b|\bsanksi\b", re.IGNORECASE)
CALLED = re.compile(rf"PIHAK\s+({'|'.join(sorted(ORDINALS, key=len, reverse=True))})\b")
GOVERNMENT = re.compile(r"^pemerintah(?:\s+(?:daerah|provinsi))?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What a clause says against the data.

    Attributes
    ----------
    kind
        `begins`, `ends`, `duration`, `tariff`, `quota`, `amount`, `words`, `party` or `left`.
    said, data
        The value as the clause writes it, and as the data has it.
    about
        The party or service that it is about, if any.
    """

    key: str
    kind: str
    said: str
    data: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    kind: str
    said: str
    data: str
    about: str = ""


def contradictions(clauses: Iterable[Mapping[str, Any]], data: DocumentData) -> list[Contradiction]:
    """Return what clauses say against the data, each once, in the order of the text.

    Parameters
    ----------
    clauses
        With `key` and the filled text as `teks`.
    """
    found: dict[Contradiction, None] = {}
    for one in clauses:
        for sentence in claims.sentences(one["teks"]):
            for told in _of_sentence(sentence, data):
                found[Contradiction(one["key"], told.kind, told.said, told.data, told.about)] = None
    return list(found)


def _of_sentence(sentence: str, data: DocumentData) -> Iterator[_Found]:
    for check in CHECKS:
        yield from check(sentence, data)


def _days(sentence: str, data: DocumentData) -> Iterator[_Found]:
    if TARIFF.search(sentence):
        return
    for one in claims.days(sentence):
        ahead = sentence[: one.start]
        cues = [
            (match.start(), kind)
            for kind, cue in (("begins", BEGINS), ("ends", ENDS))
            if (match := cue.search(ahead))
        ]
        if not cues or next(iter(claims.days(ahead[max(cues)[0] :])), None):
            continue
        kind = max(cues)[1]
        known: date | None = getattr(data, kind)
        if known is not None and one.value != known:
            yield _Found(kind, one.said, day(known))


def _duration(sentence: str, data: DocumentData) -> Iterator[_Found]:
    if data.begins is None or data.ends is None or not DURATION.search(sentence):
        return
    if OTHER_SPAN.search(sentence):
        return
    months = months_between(data.begins, data.ends)
    told = list(claims.spans(sentence))
    whole = sum(int(str(one.value)) for one in told)
    # “5 tahun 6 bulan” is one span; two that stand apart are compared each.
    joined = len(told) == 2 and told[1].start - told[0].end <= len(" dan ")
    if joined and whole == months:
        return
    for one in told:
        if one.value != months:
            known = span(months) if months else f"{day(data.begins)} – {day(data.ends)}"
            yield _Found("duration", one.said, known)


def _tariffs(sentence: str, data: DocumentData) -> Iterator[_Found]:
    known = {one.amount for service in data.services for one in service.tariffs}
    if not known or not _of_tariff(sentence, data.services) or FINE.search(sentence):
        return
    told = " / ".join(rupiah(one) for one in sorted(known))
    for one in claims.amounts(sentence):
        if one.value not in known:
            yield _Found("tariff", one.said, told)


def _of_tariff(sentence: str, services: Sequence[ServiceData]) -> bool:
    units = "|".join(re.escape(one.unit) for one in services)
    per_unit = re.search(
        rf"rupiah.*(?:per|setiap|/)\s*(?:{units})\b|rp.*(?:per|setiap|/)\s*(?:{units})\b",
        sentence,
        re.IGNORECASE,
    )
    return bool(TARIFF.search(sentence) or per_unit)


def _quotas(sentence: str, data: DocumentData) -> Iterator[_Found]:
    for one in claims.quantities(sentence):
        services = [s for s in data.services if s.unit.lower() == one.unit]
        who = _party_before(sentence, one.start, data)
        known = [
            quota.per_day
            for service in services
            for quota in service.quotas
            if who is not None and quota.party == who.pk
        ]
        if who is not None and known and one.value not in known:
            told = " / ".join(number(value) for value in sorted(set(known)))
            yield _Found("quota", one.said, f"{told} {services[0].unit}/hari", who.name)


def _payments(sentence: str, data: DocumentData) -> Iterator[_Found]:
    if not MONEY.search(sentence) or FINE.search(sentence) or _of_tariff(sentence, data.services):
        return
    for one in claims.amounts(sentence):
        who = _party_before(sentence, one.start, data)
        known: set[Decimal] = {
            o.amount
            for o in data.obligations
            if who is not None and o.debtor == who.pk and o.amount is not None
        }
        if who is not None and known and one.value not in known:
            yield _Found("amount", one.said, " / ".join(rupiah(a) for a in sorted(known)), who.name)


def _words(sentence: str, _data: DocumentData) -> Iterator[_Found]:
    for figures, words in claims.unequal_pairs(sentence):
        yield _Found("words", figures, words)


def _parties(sentence: str, data: DocumentData) -> Iterator[_Found]:
    many = len(data.parties)
    for match in CALLED.finditer(sentence):
        if many and ORDINALS.index(match[1]) >= many:
            yield _Found("party", match[0], str(many))
    for name in data.left:
        if _short(name) and re.search(rf"\b{re.escape(_short(name))}\b", sentence, re.IGNORECASE):
            yield _Found("left", name, "")


def _short(name: str) -> str:
    """Return the name of a government without what it is: `Kota Banjarmasin`."""
    return GOVERNMENT.sub("", name.strip())


def _party_before(sentence: str, end: int, data: DocumentData) -> PartyData | None:
    """Return the party named last before a place; the first after it where none is."""
    named = [
        (match.start(), one)
        for one in data.parties
        for pattern in (re.escape(one.called) + r"\b", re.escape(_short(one.name)) + r"\b")
        for match in re.finditer(pattern, sentence, re.IGNORECASE)
    ]
    before = [one for one in named if one[0] < end]
    if before:
        return max(before, key=lambda one: one[0])[1]
    return min(named, key=lambda one: one[0])[1] if named else None


CHECKS: tuple[Callable[[str, DocumentData], Iterator[_Found]], ...] = (
    _days,
    _duration,
    _tariffs,
    _quotas,
    _payments,
    _words,
    _parties,
)
