"""What a column of a register can hold: its name, its words on screen, and how headings call it."""

import re

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinergi.programs.imports.fields import normal

LABELS = {
    "number": _("Number of the document"),
    "title": _("Title, or what it is about"),
    "kind": _("Kind of the document"),
    "family": _("Family of cooperation"),
    "parties": pgettext_lazy("column of a register", "Parties"),
    "partner": _("Partner of the organisation"),
    "agency": _("Agency that carries it out"),
    "signed": _("Day of signing"),
    "begins": _("Begins"),
    "ends": _("Ends"),
    "period": _("How long it holds"),
    "status": _("Whether it holds"),
    "object": _("Object of the cooperation"),
    "affair": _("Affair of government"),
    "amount": _("Amount or funding"),
    "scope": _("Scope"),
    "purpose": _("Purpose"),
    "place": pgettext_lazy("of an agreement", "Place"),
    "responsible": _("Responsible office"),
    "note": _("Note"),
}
"""Fields of a row, in the order of the form."""
REPEATED = frozenset({"number", "parties", "partner", "note"})
"""Fields that several columns may hold: Pihak I, Pihak II."""
DAYS = frozenset({"signed", "begins", "ends"})
RUNNING = ""
"""What a heading of no use says: a running number."""

PATTERNS = (
    (RUNNING, r"no|no urut|nomor urut|nr|#"),
    ("number", (r"(?:no|nomor|number)(?: (?:dan tanggal )?(?:naskah|dokumen|surat|mou|pks|kb|nota"
           r"|perjanjian"
               r"|kesepakatan|kerja ?sama|kerjasama|register|agenda|nk|mou/pks|pihak).*)|nomor"
               r"|number")),
    ("signed", (r"(?:tanggal|tgl|hari/tanggal|hari tanggal|waktu)(?: (?:penandatanganan"
                r"|ditandatangani|ttd|naskah"
               r"|dokumen|mou|pks|perjanjian|kerja ?sama|tanda tangan|kesepakatan|mou/pks).*)?"
               r"|penandatanganan"
               r"|tahun(?: penandatanganan| kerja ?sama)?|signed(?: on)?|day of signing")),
    ("begins", (r"(?:(?:tanggal|tgl|mulai|awal) ?)?(?:mulai|awal|dari|tmt|berlaku)(?: (?:berlaku"
                r"|kerja ?sama"
               r"|tanggal|sejak))?|begins")),
    ("ends", (r"(?:(?:tanggal|tgl|masa|tahun) )?(?:berakhir(?:nya)?|akhir|selesai"
              r"|sampai(?: dengan)?|s/d|s d|jatuh tempo"
             r"|kadaluarsa)(?: (?:berlaku|kerja ?sama|masa berlaku|tanggal|perjanjian))?|ends")),
    ("period", (r"(?:jangka waktu|masa berlaku|durasi|lama(?:nya)?(?: kerja ?sama)?|masa kerja ?sama"
               r"|periode)(?: .*)?|period")),
    ("status", r"(?:status|keadaan)(?: .*)?|masih berlaku.*"),
    ("kind", (r"(?:jenis|bentuk|kategori)(?: (?:naskah|dokumen|perjanjian|mou|kesepakatan"
              r"|produk)).*|jenis|bentuk"
             r"|mou/pks|document|kind of the document")),
    ("family", (r"(?:jenis|bentuk|kategori|klasifikasi|kelompok) (?:kerja ?sama|ksd|kerjasama).*"
               r"|kategori|ksd|family")),
    ("partner", (r"(?:nama )?(?:mitra|rekanan|partner|pihak luar|instansi mitra|pihak mitra"
            r"|mitra kerja)"
                r"(?: kerja ?sama| kerjasama)?|pihak ketiga")),
    ("parties", (r"(?:nama )?(?:para )?pihak(?: yang (?:bekerja ?sama|terlibat))?"
                r"|(?:nama )?pihak (?:i|ii|iii|iv|v|[1-5]|kesatu|pertama|kedua|keempat)(?: .*)?"
                r"|parties|antara")),
    ("agency", (r"(?:perangkat daerah|opd|skpd|dinas|instansi|unit kerja|pd)(?: (?:pelaksana"
                r"|pemrakarsa|terkait"
               r"|pengusul|teknis|pengampu|pemohon).*)?|pelaksana|pemrakarsa|leading sector|agency")),
    ("object", r"objek(?: .*)?|obyek(?: .*)?|object"),
    ("affair", r"urusan(?: .*)?|bidang(?: .*)?|affair"),
    ("title", (r"(?:judul|tentang|perihal|uraian|nama)(?: (?:naskah|dokumen|mou|pks|perjanjian"
               r"|kesepakatan"
              r"|kerja ?sama|kerjasama|mou/pks).*)?|judul|tentang|perihal|judul/tentang"
              r"|kerja ?sama|title")),
    ("amount", r"(?:nilai|anggaran|biaya|pembiayaan|besaran|pendanaan|sumber dana)(?: .*)?|amount"),
    ("scope", r"ruang lingkup(?: .*)?|lingkup|scope"),
    ("purpose", r"(?:maksud|tujuan|maksud dan tujuan)(?: .*)?|purpose"),
    ("place", r"lokasi|tempat(?: penandatanganan)?|place"),
    ("responsible", r"penanggung ?jawab|pic|contact person|narahubung|responsible office"),
    ("note", r"(?:keterangan|ket|catatan|tindak lanjut|note)(?: .*)?"),
)  # fmt: skip
COMPILED = tuple((name, re.compile(pattern)) for name, pattern in PATTERNS)


def recognise(parts: list[str]) -> str | None:
    """Return the field that a heading names; `""` where it is of no use, `None` where it is unknown.

    Parameters
    ----------
    parts
        What stands above the column, from the highest row of the headings down.

    Examples
    --------
    >>> recognise(["Pihak II"]), recognise(["Nomor Naskah", "Pihak Kedua"])
    ('parties', 'number')
    >>> recognise(["Masa Berlaku", "Mulai"]), recognise(["No"]), recognise(["Warna"])
    ('begins', '', None)
    """
    last = parts[-1].strip() if parts else ""
    if last in LABELS:
        return last
    words = [normal(one) for one in parts]
    above = [one for one in (_field(word) for word in words[:-1]) if one]
    below = _field(words[-1]) if words else None
    if above and above[-1] in {"number", "signed"} and below in {"parties", "partner", None}:
        return above[-1]
    if below is not None:
        return below
    whole = _field(" ".join(words))
    return whole if whole is not None else (above[-1] if above else None)


def _field(words: str) -> str | None:
    """Return the field that words name; two words apart by a slash where both name the same."""
    whole = _named(re.sub(r" */ *", "/", words))
    if whole is not None or "/" not in words:
        return whole
    told = {_named(one.strip()) for one in words.split("/")} - {None}
    return told.pop() if len(told) == 1 else None


def _named(words: str) -> str | None:
    if not words:
        return None
    return next((name for name, pattern in COMPILED if pattern.fullmatch(words)), None)


def label(field: str) -> str:
    """Return the name of a field, in the language of the page."""
    return str(LABELS.get(field, field))
