"""A version of a document as the payload that is rendered, and as Word and PDF."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from sinergi.agreements.documents import blocks, pdf, sandbox, word
from sinergi.agreements.documents.blocks import GAP
from sinergi.agreements.documents.data import DocumentData
from sinergi.agreements.documents.numerals import full_day
from sinergi.agreements.documents.placeholders import LATE, PLACEHOLDERS, filled, values_of

FOLDER = Path(__file__).parent / "templates"
KINDS = {
    "kak": ("Kerangka Acuan Kerja", "sections", "kak"),
    "offer": ("Surat Penawaran Kerja Sama", "letter", "letter"),
    "answer": ("Surat Jawaban atas Penawaran Kerja Sama", "letter", "letter"),
    "kb": ("Kesepakatan Bersama", "articles", "agreement"),
    "pks": ("Perjanjian Kerja Sama", "articles", "agreement"),
    "nota": ("Nota Kesepakatan", "articles", "agreement"),
    "addendum": ("Adendum", "articles", "agreement"),
    "minutes": ("Berita Acara", "sections", "minutes"),
}
"""By kind of document: its name, how its clauses are headed, and its shipped template."""
Payload = dict[str, Any]


def snapshot(data: DocumentData) -> dict[str, Any]:
    """Return what the data says, as a version keeps it: JSON that never changes."""
    parties = [
        {
            "sebutan": one.called,
            "nama": one.name,
            "perangkat_daerah": one.agency,
            "jabatan": one.office or GAP,
            "wakil": one.representative or GAP,
            "alamat": one.address or GAP,
        }
        for one in data.parties
    ]
    author = data.party(data.author)
    return {
        "values": values_of(data),
        "parties": parties,
        "author": author.place if author else None,
    }


def with_late(values: Mapping[str, Any], data: DocumentData) -> dict[str, Any]:
    """Return values with those that are given after the text: number, day and title."""
    return {**values, **{code: PLACEHOLDERS[code].fill(data) for code in LATE}}


def filled_clauses(
    clauses: Sequence[Mapping[str, str]], values: dict[str, Any]
) -> tuple[list[dict[str, Any]], dict[str, tuple[str, ...]]]:
    """Return clauses with their texts filled, and by key what the data does not say."""
    made, missing = [], {}
    for place, one in enumerate(clauses, start=1):
        text = filled(one["text"], values)
        missing[one["key"]] = text.missing
        made.append(
            {
                "key": one["key"],
                "nomor": place,
                "huruf": blocks.letter(place - 1),
                "judul": one["heading"],
                "teks": text.text,
            }
        )
    return made, {key: told for key, told in missing.items() if told}


def payload(
    kind: str,
    clauses: Sequence[Mapping[str, str]],
    kept: Mapping[str, Any],
    data: DocumentData,
    *,
    version: int,
    note: str,
) -> Payload:
    """Return what is rendered of a version.

    Parameters
    ----------
    kept
        Of the version; see `snapshot`.
    data
        The present data, of which number, day and title are taken.
    """
    name, style, _template = KINDS[kind]
    values = with_late(kept.get("values", {}), data)
    found, _missing = filled_clauses(clauses, values)
    parties = list(kept.get("parties", []))
    signers = parties
    if kept.get("author"):
        signers = [{**one, "sebutan": ""} for one in parties[kept["author"] - 1 : kept["author"]]]
    return {
        "values": values,
        "parties": parties,
        "signers": [] if kind == "kak" else signers,
        "receivers": receivers(kept),
        "clauses": found,
        "kind": name,
        "style": style,
        "subject": data.title,
        "author": next((one["nama"] for one in signers), "") if kept.get("author") else "",
        "version": version,
        "note": note,
        "gap": GAP,
        "opening": opening(style, parties, data),
    }


def receivers(kept: Mapping[str, Any]) -> list[str]:
    """Return to whom a letter goes: the offices of the other parties, or their names."""
    author = kept.get("author")
    if not author:
        return []
    others = (one for place, one in enumerate(kept["parties"], start=1) if place != author)
    return [one["jabatan"] if one["jabatan"] != GAP else one["nama"] for one in others]


def opening(style: str, parties: Sequence[Mapping[str, Any]], data: DocumentData) -> list[str]:
    """Return with what an agreement begins, before its clauses."""
    if style != "articles":
        return []
    when = full_day(data.dated) if data.dated else GAP
    return [f"Pada hari ini, {when}, yang bertanda tangan di bawah ini:"] + [
        f"{place}. {one['wakil']}, {one['jabatan']}, berkedudukan di {one['alamat']}, dalam hal ini "
        f"bertindak untuk dan atas nama {one['nama']}, selanjutnya disebut {one['sebutan']}."
        for place, one in enumerate(parties, start=1)
    ]


@lru_cache(maxsize=8)
def shipped(name: str) -> bytes:
    """Return a template that ships."""
    return (FOLDER / f"{name}.docx").read_bytes()


def as_word(kind: str, told: Payload, template: bytes | None = None) -> bytes:
    """Return a document as Word, from a template of an organisation where one is given.

    Raises
    ------
    InvalidError
        When that template cannot be rendered.
    """
    if template is not None:
        return sandbox.rendered(template, told)
    return word.write(shipped(KINDS[kind][2]), told)


def as_pdf(kind: str, told: Payload, template: bytes | None = None) -> bytes:
    """Return a document as PDF.

    Raises
    ------
    InvalidError, StateError
    """
    return pdf.write(as_word(kind, told, template), told)
