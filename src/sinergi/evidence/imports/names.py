"""What people call indicators: usual names of statistics offices and departments, and near spellings."""

import re
from collections.abc import Mapping as Lookup

from rapidfuzz import fuzz, process

SYNONYMS: dict[str, tuple[str, ...]] = {
    "poverty": (
        "penduduk miskin",
        "persentase penduduk miskin",
        "tingkat kemiskinan",
        "angka kemiskinan",
        "kemiskinan",
        "p0",
        "head count index",
        "poverty rate",
        "poor population",
    ),
    "unemployment": ("tpt", "pengangguran terbuka", "tingkat pengangguran", "unemployment rate"),
    "hdi": ("ipm", "indeks pembangunan manusia ipm", "human development index hdi"),
    "life_expectancy": (
        "uhh",
        "ahh",
        "umur harapan hidup",
        "angka harapan hidup",
        "usia harapan hidup",
        "life expectancy",
    ),
    "mean_schooling": ("rls", "rerata lama sekolah", "rata rata lama sekolah"),
    "expected_schooling": ("hls", "angka harapan lama sekolah"),
    "adjusted_expenditure": (
        "pengeluaran per kapita yang disesuaikan",
        "pengeluaran riil per kapita yang disesuaikan",
    ),
    "drinking_water": (
        "air minum layak",
        "akses air minum layak",
        "sumber air minum layak",
        "akses terhadap air minum layak",
        "rumah tangga sumber air minum layak",
        "improved drinking water",
    ),
    "sanitation": (
        "sanitasi layak",
        "akses sanitasi layak",
        "akses terhadap sanitasi layak",
        "rumah tangga akses sanitasi layak",
        "improved sanitation",
    ),
    "stunting": (
        "stunting",
        "prevalensi stunting",
        "prevalensi balita stunting",
        "prevalensi stunting balita",
        "angka stunting",
        "stunting prevalence",
    ),
    "food_security_index": ("ikp", "indeks ketahanan pangan ikp", "ketahanan pangan"),
    "food_ncpr": ("ncpr", "rasio ncpr"),
    "food_expenditure_share": ("pangsa pengeluaran pangan di atas 65",),
    "no_electricity": ("tanpa akses listrik", "tanpa listrik"),
    "no_clean_water": ("tanpa akses air bersih", "tanpa air bersih"),
    "production.rice_paddy": ("produksi padi", "produksi gkg"),
    "disaster.flood": ("kejadian banjir", "jumlah kejadian banjir"),
    "disaster.landslide": ("kejadian tanah longsor", "jumlah kejadian tanah longsor"),
    "disaster.drought": ("kejadian kekeringan", "jumlah kejadian kekeringan"),
    "disaster.wildfire": ("kejadian karhutla", "kejadian kebakaran hutan dan lahan"),
}
"""Code to further names, as BPS, Bapanas, BNPB and the regional departments write them."""

_FILLERS = """
    persentase persen percent percentage proporsi nilai data menurut kabupaten kab kota provinsi dan di
    the of bps dinas tahun thn
"""
_QUALIFIERS = """
    tidak tanpa bukan belum non no not without perempuan wanita laki lelaki female women male men
    perkotaan perdesaan pedesaan urban rural target sasaran rpjmd proyeksi projection garis line gap
    kesenjangan kedalaman keparahan depth severity ekstrem extreme p1 p2 jumlah banyaknya banyak number
    count jiwa ribu juta orang pertumbuhan perubahan growth change rata anak muda remaja disesuaikan
    adjusted layak aman improved safely kepadatan density pdrb grdp adhk adhb konstan constant berlaku
    current harga price produksi production produktivitas luas panen konsumsi consumption stok ekspor
    impor sawah ladang
"""
FILLERS = frozenset(_FILLERS.split())
"""Words that leave open which indicator is meant."""
QUALIFIERS = frozenset(_QUALIFIERS.split())
"""Words that make it another indicator, or another unit: they must stand in both names or in neither."""
LIKE, WHOLE, AHEAD = 85.0, 70.0, 4.0
"""Least likeness of words shared, of the whole names, and lead over the next indicator (0-100)."""
SHORTEST = 5
"""Letters from which likeness says anything."""


def words(text: str) -> str:
    """Return the words of a name that tell its indicator, without marks, years and fillers.

    Examples
    --------
    >>> words("Persentase Penduduk Miskin (%) 2023")
    'penduduk miskin'
    """
    parted = re.findall(r"[^\W_]+", text.casefold())
    kept = [one for one in parted if one not in FILLERS and not re.fullmatch(r"(?:19|20)\d\d", one)]
    return " ".join(kept)


def qualifiers(text: str) -> frozenset[str]:
    """Return the words of a name that would make it another indicator."""
    return frozenset(words(text).split()) & QUALIFIERS


def nearest_name(text: str, names: Lookup[str, str]) -> str | None:
    """Return the code whose name is like a text beyond doubt; None where two are, or none is.

    Parameters
    ----------
    names
        Names as `words` writes them, to their codes.

    Notes
    -----
    Likeness is rapidfuzz's token set ratio. As that is 100 where one name is a part of the other
    (`Penduduk`, `Penduduk miskin`), the token sort ratio holds the whole names against each other.
    """
    told = words(text)
    if sum(one.isalpha() for one in told) < SHORTEST:
        return None
    mine, best = qualifiers(text), dict[str, float]()
    for name, likeness, _ in process.extract(
        told, list(names), scorer=fuzz.token_set_ratio, score_cutoff=LIKE, limit=None
    ):
        whole = fuzz.token_sort_ratio(told, name)
        if whole >= WHOLE and qualifiers(name) == mine:
            code = names[name]
            best[code] = max(best.get(code, 0.0), (likeness + whole) / 2)
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < AHEAD):
        return None
    return ranked[0][0]
