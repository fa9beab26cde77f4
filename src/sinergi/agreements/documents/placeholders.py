"""The closed list of placeholders, and what each says of an agreement. Pure functions.

A placeholder stands in a clause as `{objek}`. What the data does not say becomes `GAP` and is told: nothing
is invented.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from sinergi.agreements.documents import blocks
from sinergi.agreements.documents.blocks import GAP
from sinergi.agreements.documents.data import DocumentData
from sinergi.agreements.documents.numerals import counted, day, full_day, months_between, span

PLACEHOLDER = re.compile(r"\{([A-Za-z_]+)\}")
Place = Literal["agreement", "parties", "obligations", "services", "measures", "document"]
"""Where what it needs is written."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """How a placeholder is filled.

    Attributes
    ----------
    fill
        Returns its text, or a table as `{"head": […], "rows": [[…]]}`; empty where the data says nothing.
    where
        On which page what it needs is written.
    """

    code: str
    where: Place
    fill: Callable[[DocumentData], Any]


@dataclass(frozen=True, slots=True)
class Filled:
    """A text in which every placeholder was filled; `missing` are those that the data does not say."""

    text: str
    missing: tuple[str, ...]


def _duration(data: DocumentData) -> str:
    if data.begins is None or data.ends is None:
        return ""
    months = months_between(data.begins, data.ends)
    days = f"terhitung sejak tanggal {day(data.begins)} sampai dengan tanggal {day(data.ends)}"
    return f"{span(months)} {days}" if months else days


def _dispute(data: DocumentData) -> str:
    """Name who settles between regions: the governor within one province, the minister beyond."""
    parties = data.parties
    if not parties or any(not one.government or not one.province for one in parties):
        return ""
    provinces = {one.province for one in parties}
    if len(provinces) == 1 and not any(one.is_province for one in parties):
        return f"Gubernur {parties[0].province}"
    return "Menteri Dalam Negeri"


def _author(data: DocumentData) -> str:
    found = data.party(data.author)
    return found.name if found else ""


def _office(data: DocumentData) -> str:
    found = data.party(data.author)
    return found.office if found else ""


def _receivers(data: DocumentData) -> str:
    others = [one.name for one in data.parties if one.pk != data.author]
    return blocks.listed(others) if data.party(data.author) and others else ""


def _copies(data: DocumentData) -> str:
    return counted(len(data.parties)) if data.parties else ""


_ALL: tuple[tuple[str, Place, Callable[[DocumentData], Any]], ...] = (
    ("judul", "document", lambda data: data.title),
    ("nomor", "document", lambda data: data.number),
    ("tanggal", "document", lambda data: day(data.dated) if data.dated else ""),
    ("tanggal_lengkap", "document", lambda data: full_day(data.dated) if data.dated else ""),
    ("para_pihak", "parties", blocks.introductions),
    ("nama_para_pihak", "parties", lambda data: blocks.listed([p.name for p in data.parties])),
    ("rangkap", "parties", _copies),
    ("pengirim", "parties", _author),
    ("jabatan_pengirim", "parties", _office),
    ("penerima", "parties", _receivers),
    ("objek", "agreement", lambda data: data.object_name),
    ("latar_belakang", "agreement", lambda data: data.background),
    ("tujuan", "agreement", lambda data: data.purpose),
    ("ruang_lingkup", "agreement", lambda data: data.scope),
    ("lokasi", "agreement", lambda data: data.place),
    ("manfaat", "agreement", lambda data: data.benefits),
    ("dampak", "agreement", lambda data: data.impact),
    ("pembiayaan", "agreement", lambda data: data.funding),
    ("jangka_waktu", "agreement", _duration),
    ("mulai", "agreement", lambda data: day(data.begins) if data.begins else ""),
    ("berakhir", "agreement", lambda data: day(data.ends) if data.ends else ""),
    ("kewajiban", "obligations", blocks.duties),
    ("hak", "obligations", blocks.rights),
    ("tabel_kewajiban", "obligations", blocks.obligation_table),
    ("tabel_kuota", "services", blocks.quota_table),
    ("tabel_tarif", "services", blocks.tariff_table),
    ("tabel_indikator", "measures", blocks.measure_table),
    ("penyelesaian", "parties", _dispute),
    ("korespondensi", "parties", blocks.addresses),
    ("alasan_berakhir", "agreement", lambda data: blocks.lettered(data.grounds)),
)
PLACEHOLDERS = {code: Placeholder(code, where, fill) for code, where, fill in _ALL}
"""Every placeholder by its code, as texts write it between braces."""
LATE = ("nomor", "tanggal", "tanggal_lengkap", "judul")
"""Placeholders that are filled when a version is shown: number and day are given after its text is."""


def values_of(data: DocumentData) -> dict[str, Any]:
    """Return what each placeholder says, by code; JSON, kept with a version so that it never changes."""
    return {code: one.fill(data) for code, one in PLACEHOLDERS.items()}


def used_in(text: str) -> list[str]:
    """Return the placeholders that a text names, known or not, each once."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))


def unknown_in(text: str) -> list[str]:
    """Return the placeholders of a text that no agreement can fill."""
    return [code for code in used_in(text) if code not in PLACEHOLDERS]


def filled(text: str, values: dict[str, Any]) -> Filled:
    """Return a text with its placeholders filled; a table stays, to be set by whoever renders it.

    What is filled in is never read for placeholders again.
    """
    missing: dict[str, None] = {}

    def said(match: re.Match[str]) -> str:
        code = match[1]
        value = values.get(code)
        if code not in PLACEHOLDERS or value in ("", None) or value == {}:
            missing[code] = None
            return GAP
        if GAP in str(value):
            missing[code] = None
        return match[0] if isinstance(value, dict) else str(value)

    return Filled(PLACEHOLDER.sub(said, text), tuple(missing))
