"""Lines whose money is passed on to another government, told by their words and account codes."""

import re
from collections.abc import Sequence

import polars as pl

HINTS = "(?i)bantuan keuangan|bagi hasil|hibah|transfer|alokasi dana desa"
"""At least one of these stands in every title that `WORDS` finds."""
GOVERNMENT = (
    r"(?:(?:seluruh |semua |para |\d+ )?"
    r"(?:pemerintah|pemerintahan|pemda|pemprov|pemkab|pemkot|daerah|provinsi|prov|kabupaten|kab|kota|desa"
    r"|nagari|gampong)\b)"
)
KIND = r"(?:umum |khusus |bersifat \w+ )*"
WORDS = re.compile(
    rf"\bbantuan keuangan {KIND}(?:(?:kepada|ke|untuk|antar|antara) {GOVERNMENT}|{GOVERNMENT})"
    rf"|\bpenyaluran bantuan keuangan\b(?! {KIND}(?:kepada|ke|untuk|bagi)\b)"
    r"|\bpengelolaan dana bagi hasil|\bbelanja (?:transfer|bagi hasil)"
    r"|\bhibah (?:kepada |ke )?(?:pemerintah|pemda)"
    r"|\b(?:penyaluran |transfer |belanja )?alokasi dana desa\b",
    re.IGNORECASE,
)
"""Words of passing on: to a government, not to a party, a student or a victim of a disaster."""
ABOUT = re.compile(
    r"^(?:analisis|evaluasi|koordinasi|monitoring|pembinaan|penyusunan|sosialisasi|verifikasi|fasilitasi"
    r"|pengawasan|pelaporan|rekonsiliasi|asistensi|belanja perjalanan)\b",
    re.IGNORECASE,
)
"""“Analisis bantuan keuangan” and the like only deal with transfers; they are none."""
ACCOUNTS = re.compile(r"^5\.?4(?:\.|$)|^5\.?1\.?05\.?0[12](?:\.|$)")
"""Transfers, and grants to the central or to other regional governments (Permendagri 90/2019).

Other grants (5.1.05.05 to bodies and societies, 5.1.05.07 to parties) are uses; 5.1.05 alone does not tell.
"""


def is_transfer(title: str, account: str = "") -> bool:
    """Whether a line passes money on to another government, as far as its words and account tell.

    Examples
    --------
    >>> is_transfer("Belanja Bantuan Keuangan kepada Desa"), is_transfer("", "5.4.02.05")
    (True, True)
    >>> is_transfer("Koordinasi bantuan keuangan kepada desa"), is_transfer("Pembangunan jalan")
    (False, False)
    >>> is_transfer("Bantuan keuangan kepada partai politik", "5.1.05.07")
    False
    """
    if account and ACCOUNTS.match(account.strip()):
        return True
    return bool(WORDS.search(title)) and not ABOUT.match(title.strip())


def are_transfers(titles: Sequence[str]) -> list[bool]:
    """Return whether each line passes money on, as far as its title tells."""
    found = pl.Series(titles, dtype=pl.String).str.contains(HINTS).to_list()
    return [bool(hint) and is_transfer(title) for hint, title in zip(found, titles, strict=True)]
