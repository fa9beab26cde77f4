"""What the heading of a column says about its cells."""

import re
from typing import Literal

Role = Literal["region", "region_name", "indicator", "period", "value", "flag", "source_column", ""]

NAMES = (
    r"nama(?: (?:wilayah|daerah|kab.*|kota|provinsi))?|kab(?:upaten|\.)?\s*(?:/|dan|&)?\s*kota"
    r"|wilayah|daerah|kabupaten|kota|provinsi|province|(?:region|district|city)(?: name)?"
)
CODES = (
    r"kode|code|region code|kode.*(?:wilayah|daerah|kab|kota|prov|bps|kemendagri)"
    r"|kd.*(?:wil|kab|kota|prov)?|region"
)
EXPLAINING = (
    r"satuan|unit|no\.?|nomor|lisensi|licen[cs]e|id|nama sumber|source name|kunci"
    r"|nomor pemuatan|load number|milik|belongs to"
)
PATTERNS: tuple[tuple[Role, str], ...] = (
    ("", EXPLAINING),
    ("flag", r"tanda|flag|status data|mutu"),
    ("source_column", r"(?:kode )?sumber(?: data)?|source(?: code)?"),
    (
        "indicator",
        r"(?:kode |nama )?(?:indikator|variabel)|indicator(?: code| name)?|variable|uraian",
    ),
    ("period", r"tahun(?: data)?|thn|periode|period|year|waktu|time|bulan|month"),
    ("value", r"nilai|value|angka|jumlah|realisasi|persentase|persen|capaian"),
    ("region_name", NAMES),
    ("region", CODES),
)
COMPILED = tuple((role, re.compile(pattern)) for role, pattern in PATTERNS)


def role_of(heading: str) -> Role:
    """Return what a heading says its column holds; empty when it says nothing of use.

    Examples
    --------
    >>> role_of("Kode Wilayah"), role_of("tahun"), role_of("Satuan")
    ('region', 'period', '')
    """
    words = re.sub(r"[\s_]+", " ", heading.casefold()).strip(" .:")
    if words == "region":
        return "region"
    return next((role for role, pattern in COMPILED if pattern.fullmatch(words)), "")


def bears_no_figures(heading: str) -> bool:
    """Return whether a heading says that its column numbers, names or explains the rows.

    Examples
    --------
    >>> bears_no_figures("No."), bears_no_figures("Provinsi"), bears_no_figures("Garis kemiskinan")
    (True, True, False)
    """
    words = re.sub(r"[\s_]+", " ", heading.casefold()).strip(" .:")
    explains = COMPILED[0][1].fullmatch(words) is not None
    return explains or role_of(heading) in {"region", "region_name", "flag", "source_column"}
