"""What a column of a plan can hold: its name, its words on screen, and how headings call it."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergi.programs.funding.words import channel_name

LABELS = {
    "code": gettext_lazy("Activity code"),
    "title": gettext_lazy("What is done"),
    "activity": gettext_lazy("Name of the activity of the nomenclature"),
    "agency_code": gettext_lazy("Code of the agency"),
    "agency": gettext_lazy("Agency"),
    "place": gettext_lazy("Place, as written"),
    "region_name": gettext_lazy("Region, by name"),
    "region_code": gettext_lazy("Region, by code"),
    "lat": gettext_lazy("Latitude"),
    "lon": gettext_lazy("Longitude"),
    "year": gettext_lazy("Year"),
    "first_year": gettext_lazy("First year, or day of beginning"),
    "last_year": gettext_lazy("Last year, or day of end"),
    "output": gettext_lazy("Output or indicator"),
    "target": gettext_lazy("Target"),
    "unit": gettext_lazy("Unit of the target"),
    "channel": gettext_lazy("Funding channel"),
    "account": gettext_lazy("Account code"),
    "currency": gettext_lazy("Currency"),
    "land": gettext_lazy("Readiness: land"),
    "design": gettext_lazy("Readiness: design"),
    "permits": gettext_lazy("Readiness: permits"),
    "object_code": gettext_lazy("Cooperation object"),
    "is_transfer": gettext_lazy("Passed on to another government"),
    "transfer_to": gettext_lazy("To which government"),
    "external_id": gettext_lazy("Number in its own system"),
    "identity": gettext_lazy("Identity of the line in Sinergi"),
    "note": gettext_lazy("Note"),
    "government": gettext_lazy("Government whose plan it is"),
    "program_code": gettext_lazy("Programme: code"),
    "program_name": gettext_lazy("Programme: name"),
    "program_amount": gettext_lazy("Programme: declared amount"),
    "activity_code": gettext_lazy("Activity: code"),
    "activity_name": gettext_lazy("Activity: name"),
    "activity_amount": gettext_lazy("Activity: declared amount"),
    "agency_total": gettext_lazy("Declared total of the agency"),
}
"""Fields of a line and of what stands above it, in the order of the form."""

AMOUNT = re.compile(r"amount:(\d{4}|\+1)?:([A-Z][A-Z0-9_]*)?")
"""An amount: of a year, of the year after (`+1`) or of the year of the line; of a channel or of none."""
TARGET = re.compile(r"target:(\d{4}|\+1)")
NUMBERS = frozenset({"program_amount", "activity_amount", "agency_total"})
"""Fields of money besides the amounts themselves."""

_MONEY = (
    r"(?:pagu|anggaran|alokasi|jumlah|nilai|total|kebutuhan|biaya|dana|rp|rupiah|apbd|amount|budget)"
    r"(?:(?: / | |/)(?:pagu|anggaran|alokasi|indikatif|dana|definitif|sub ?kegiatan|paket|belanja"
    r"|total|rp|rupiah"
    r"|kebutuhan|biaya|apbd|k/?l|ro|murni|perubahan|juta(?:an)?|ribu(?:an)?|000|dalam|miliar|milyar"
    r"|\d{4}|tahun|/|\+|x|1))*"
)
PATTERNS: tuple[tuple[str, str], ...] = (
    ("external_id", r"(?:kd|kode|id) rup|rup id|external id|id paket|kode paket|id usulan|id ro"),
    (
        "",
        (
            r"no|nomor|no urut|kd rup lokal|kd klpd.*|jenis klpd|.*penyelenggara.*|status.*|tgl buat.*"
            r"|tgl pengumuman.*|tipe swakelola.*|metode.*|jenis pengadaan.*|cara pengadaan|jenis belanja"
        ),
    ),
    ("year", r"tahun(?: anggaran)?|ta|thn(?: anggaran)?|year"),
    (
        "government",
        r"nama klpd|k/?l/?pd|klpd|pemerintah daerah|nama pemda|pemda|nama daerah|daerah|provinsi kab kota",
    ),
    (
        "agency_code",
        r"(?:kd|kode|id) (?:satker|skpd|opd|perangkat daerah|unit(?: kerja)?)(?: str)?|agency code",
    ),
    ("agency_total", r"total belanja|jumlah belanja|total anggaran opd|total pagu (?:skpd|opd)"),
    (
        "agency",
        (
            r"(?:nama )?(?:satker|satuan kerja|skpd|opd|perangkat daerah|unit kerja|instansi|unit organisasi)"
            r"(?: penanggung ?jawab| pelaksana)?|agency|penanggung ?jawab|pelaksana|opd penanggung ?jawab"
        ),
    ),
    ("program_code", r"(?:kd|kode) program(?: str)?"),
    ("program_amount", r"(?:pagu|anggaran) program"),
    ("activity_code", r"(?:kd|kode) kegiatan(?: str)?"),
    ("activity_amount", r"(?:pagu|anggaran) kegiatan"),
    ("program_name", r"(?:nama )?program"),
    ("activity_name", r"(?:nama )?kegiatan"),
    (
        "code",
        (
            r"(?:kd|kode) (?:sub ?kegiatan|ro|output|rincian output|program kegiatan|urusan.*)(?: str)?|kode"
            r"|code|kode / nomenklatur.*|kode program.*"
        ),
    ),
    ("account", r"(?:kd|kode) rekening(?: belanja)?|rekening|kode akun|akun"),
    ("activity", r"activity|nomenklatur"),
    (
        "output",
        r"(?:nama )?(?:indikator|keluaran|output|tolok ukur|sasaran)(?: .*)?|kinerja|outcome",
    ),
    (
        "title",
        (
            r"(?:nama )?sub ?kegiatan|nama paket(?: .*)?|paket|uraian(?: (?!pekerjaan).*)?|nama|title"
            r"|(?:bidang )?urusan.*|program.*kegiatan.*|(?:nama )?(?:rincian output|ro)|(?:nama )?pekerjaan"
            r"|nama usulan|usulan|nomenklatur urusan.*|program / .*"
        ),
    ),
    ("note", r"uraian pekerjaan|keterangan|catatan.*|ket|note|deskripsi.*"),
    (
        "region_name",
        r"lokasi kab(?:upaten)? ?/? ?kota|kab(?:upaten)? ?/? ?kota|kabupaten|region(?: name)?",
    ),
    ("region_code", r"kode (?:wilayah|kemendagri|kab ?kota)|region code"),
    ("place", r"lokasi.*|tempat|alamat.*|kecamatan.*|desa.*|place|location"),
    ("lat", r"lat|latitude|lintang"),
    ("lon", r"lon|lng|long|longitude|bujur"),
    ("first_year", r"first year|tahun (?:mulai|awal)|tgl awal.*|tanggal (?:awal|mulai).*|mulai"),
    ("last_year", r"last year|tahun (?:selesai|akhir)|tgl akhir.*|tanggal (?:akhir|selesai).*"),
    (
        "target",
        r"target.*|volume.*|vol|besaran|capaian|target capaian.*",
    ),
    ("unit", r"satuan|unit"),
    (
        "channel",
        r"(?:nama )?sumber (?:dana|pendanaan|anggaran|pembiayaan)|funding channel|channel|sd",
    ),
    ("currency", r"mata uang|valuta|currency"),
    ("land", r"land|lahan|kesiapan lahan|status lahan"),
    ("design", r"design|ded|desain|fs ?/? ?ded|kesiapan ded"),
    ("permits", r"permits|izin|perizinan|amdal|dokumen lingkungan"),
    ("object_code", r"object code|objek kerja sama"),
    ("is_transfer", r"is transfer"),
    ("transfer_to", r"transfer to"),
    ("amount", rf"{_MONEY}|amount"),
)
COMPILED = tuple((name, re.compile(pattern)) for name, pattern in PATTERNS)
NEXT_YEAR = re.compile(r"prakiraan maju|perkiraan maju|n ?\+ ?1")
YEAR = re.compile(r"\b(20\d{2})\b")


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a heading says: a field, empty where it says that its column is of no use; `None`: nothing."""

    field: str | None


def normal(heading: str) -> str:
    """Return a heading in small letters without marks: `kd_subkegiatan_str` is `kd subkegiatan str`."""
    return re.sub(r"[^0-9a-z+/]+", " ", heading.casefold()).strip()


def recognise(parts: list[str]) -> str | None:
    """Return the field that a heading names; `""` where it is known to be of no use, `None` where unknown.

    Parameters
    ----------
    parts
        What stands above the column, from the highest row of the headings down.

    Examples
    --------
    >>> recognise(["pagu_subkegiatan"]), recognise(["Rencana Tahun 2026", "Pagu Indikatif (Rp)"])
    ('amount::', 'amount:2026:')
    >>> recognise(["amount:2026:DAU_BG"]), recognise(["Lokasi"]), recognise(["Warna"])
    ('amount:2026:DAU_BG', 'place', None)
    """
    last = parts[-1].strip() if parts else ""
    if AMOUNT.fullmatch(last) or last in LABELS:
        return last
    whole = " ".join(normal(one) for one in parts)
    year = YEAR.search(whole)
    when = year[1] if year else "+1" if NEXT_YEAR.search(whole) else ""
    for words in (normal(last), _without_year(normal(last)), whole, _without_year(whole)):
        found = _field(words)
        if found is not None:
            return _dated(found, when)
    return None


def _without_year(words: str) -> str:
    bare = NEXT_YEAR.sub(" ", YEAR.sub(" ", words))
    return re.sub(r" +", " ", re.sub(r"\b(?:tahun|rencana|ta)\b", " ", bare)).strip()


def _field(words: str) -> str | None:
    if not words:
        return None
    return next((name for name, pattern in COMPILED if pattern.fullmatch(words)), None)


def _dated(found: str, when: str) -> str:
    if found == "amount":
        return f"amount:{when}:"
    return f"target:{when}" if found == "target" and when else found


def label(field: str) -> str:
    """Return the name of a field, in the language of the page."""
    if field in LABELS:
        return str(LABELS[field])
    if found := TARGET.fullmatch(field):
        return _("Target %(year)s") % {"year": _year(found[1])}
    found = AMOUNT.fullmatch(field)
    if found is None:
        return field
    text = _("Amount %(year)s") % {"year": _year(found[1])} if found[1] else _("Amount")
    return f"{text} · {channel_name(found[2])}" if found[2] else text


def _year(written: str) -> str:
    return _("of the next year") if written == "+1" else written


def is_money(field: str) -> bool:
    """Whether a column of this field holds amounts of money."""
    return field in NUMBERS or AMOUNT.fullmatch(field) is not None
