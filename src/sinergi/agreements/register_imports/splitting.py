"""Parts the names of parties that stand in one cell, without losing a letter. Pure functions."""

import re
from collections.abc import Callable
from dataclasses import dataclass

HEADS = (
    r"pemerintah|pemda|pemko|pemkot|pemkab|pemprov|provinsi|propinsi|prov|kabupaten|kab|kota"
    r"|walikota|wali kota"
    r"|bupati|gubernur|dinas|badan|sekretariat|inspektorat|kecamatan|kelurahan|desa|uptd|upt|blud"
    r"|rsud|rumah"
    r"|rs|puskesmas|dlh|bpbd|bappeda\w*|bapenda|bkpsdm|diskominfo\w*|disdik\w*|dinkes|dispar\w*|dprd"
    r"|kementerian|kementrian|kemen\w+|kejaksaan|kepolisian|polres\w*|polda|pengadilan|kantor"
    r"|kanwil|balai"
    r"|lembaga|komisi|bnn\w*|bps|bpn|bpjs|bpkp|bssn|basarnas|brin|baznas|pmi|tni|kodim|lapas|rutan"
    r"|pt|cv|ud|firma|koperasi|kud|yayasan|perkumpulan|perum|perumda|perusahaan|perseroda|pdam"
    r"|ptam|bumd"
    r"|bumdes|bank|bpr|universitas|univ|institut|politeknik|poltekkes|sekolah|akademi|stie|stikes"
    r"|stmik|stai"
    r"|uin|iain|smk|sma|ikatan|asosiasi|persatuan|himpunan|forum|gabungan|majelis|hotel|klinik|lsm"
    r"|unicef|undp|jica|giz|usaid|who|world|city|government|university"
)
"""Words with which the name of a party begins."""
NUMBERED = r"(?:\(?[0-9]{1,2}[.)]|\(?[a-eA-E][.)]|[-•*●▪])"
LABEL = r"(?:pihak\s+(?:kesatu|pertama|kedua|ketiga|keempat|kelima|i{1,3}|iv|v|[1-9]))\s*[:.\-–]?"
HARD = re.compile(
    rf"\s*(?:\n|;|\||\bdengan\b|\bserta\b)\s*(?:{NUMBERED}\s+)?(?:{LABEL}\s+)?"
    rf"|(?:(?<=\s)|^){NUMBERED}\s+(?:{LABEL}\s+)?|(?:\s*[,;]?\s*\b){LABEL}(?:\s+|$)",
    re.IGNORECASE,
)
"""What parts two parties wherever it stands; a number or bullet only before a word."""
SOFT = re.compile(r"\s*,\s*(?:dan\s+)?|\s+dan\s+|\s*&\s*|\s+and\s+|\s*/\s*", re.IGNORECASE)
"""What parts two parties only where both sides are a party."""
HEAD = re.compile(rf"(?:(?:antara|para)\s+)?(?:{HEADS})\b", re.IGNORECASE)
LEAD = re.compile(r"\s*(?:antara\b|para pihak\b\s*:?)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a cell: the name of a party, or what stands between two.

    Attributes
    ----------
    parts
        Whether it only parts; then it names nobody.
    """

    text: str
    parts: bool


def pieces(text: str, is_party: Callable[[str], bool]) -> list[Piece]:
    """Return a cell in pieces; joined, they are the cell again.

    Parameters
    ----------
    is_party
        Whether a short text is the name of a region by itself (`Banjarmasin`), so that a comma or “dan”
        before it parts.

    Examples
    --------
    >>> [one.text for one in pieces("PT Air dan Kota Banjar", lambda _: False) if not one.parts]
    ['PT Air', 'Kota Banjar']
    >>> [one.text for one in pieces("Dinas Pemuda dan Olahraga", lambda _: False) if not one.parts]
    ['Dinas Pemuda dan Olahraga']
    """
    found: list[Piece] = []
    for hard in _cut(text, HARD, lambda _before, _after: True):
        if hard.parts:
            found.append(hard)
            continue
        found += _cut(hard.text, SOFT, lambda before, after: _both(before, after, is_party))
    return found


def names(text: str, is_party: Callable[[str], bool]) -> list[str]:
    """Return the names of the parties in a cell, as written."""
    found = []
    for one in pieces(text, is_party):
        if not one.parts:
            lead = LEAD.match(one.text)
            name = one.text[lead.end() :] if lead else one.text
            name = name.strip(" ,;:\n\t")
            if name:
                found.append(name)
    return found


def _both(before: str, after: str, is_party: Callable[[str], bool]) -> bool:
    """Whether what stands before and after is a party each."""
    first = SOFT.split(after, maxsplit=1)[0].strip()
    starts = bool(HEAD.match(after)) or is_party(first)
    return starts and (bool(HEAD.match(before.strip())) or is_party(before.strip()))


def _cut(text: str, mark: re.Pattern[str], holds: Callable[[str, str], bool]) -> list[Piece]:
    found: list[Piece] = []
    start = 0
    for match in mark.finditer(text):
        if not match[0] or not holds(text[start : match.start()], text[match.end() :]):
            continue
        if match.start() > start:
            found.append(Piece(text[start : match.start()], parts=False))
        found.append(Piece(match[0], parts=True))
        start = match.end()
    if start < len(text):
        found.append(Piece(text[start:], parts=False))
    return found
