"""What made plan lines speak of: sectors with their titles, names, stages and office routine."""

from typing import NamedTuple

FIRST = (
    "ci suka karang tanjung batu pasir gunung sumber mekar sido wono kali tamba muara lubuk pulau "
    "sungai bukit padang rawa rante bone mata wai tele bangun sri jati banjar kedung pand gia lem"
)
LAST = (
    "maju mukti sari jaya mulya rejo anyar laya baru wangi hurip tengah raya indah asih agung lor kidul "
    "wetan kulon pura sana tani harja ratu dadi waras luhur pandan tirta gede nangka panas putih "
    "hitam lawe rangka batang simpang kencana bodas hideung paku lang nunggal eurih saat lamaya tarum "
    "durian mangga salak kopi tebu padi jagung gading kemuning melati cempaka"
)
PEOPLE = (
    "sudirman diponegoro kartini gajahmada hasanuddin pattimura imambonjol cutnyakdien teukuumar "
    "ahmadyani supratman merdeka veteran pahlawan pemuda"
)


class Work(NamedTuple):
    """One thing to be done."""

    sector: int
    action: str
    name: str
    other: str
    village: str
    district: str
    number: int
    part: int
    region: str
    year: int
    amount: int
    code: str


class Sector(NamedTuple):
    """How works of a kind are written, and in what their siblings differ."""

    actions: tuple[str, ...]
    pattern: str
    siblings: tuple[str, ...]
    code: str


ROADS = ("Pembangunan", "Peningkatan", "Rehabilitasi", "Pemeliharaan Berkala", "Rekonstruksi")
BUILD = ("Pembangunan", "Rehabilitasi", "Peningkatan", "Perbaikan")
SECTORS = (
    Sector(ROADS, "{action} Jalan {name} - {other}", ("other", "name"), "1.03.10.2.01"),
    Sector(
        ROADS,
        "{action} Jalan {name} - {other} Sta. {from_} s/d {to}",
        ("part",),
        "1.03.10.2.01",
    ),
    Sector(
        ROADS, "{action} Jalan Ruas {name} - {other} Tahap {number}", ("number",), "1.03.10.2.01"
    ),
    Sector(
        ("Pembangunan", "Penggantian", "Pemeliharaan"),
        "{action} Jembatan {name} {where}",
        ("name", "village"),
        "1.03.10.2.01",
    ),
    Sector(
        BUILD,
        "{action} Jaringan Irigasi Daerah Irigasi {name} {where}",
        ("name", "village"),
        "1.03.02.2.02",
    ),
    Sector(
        BUILD,
        "{action} Saluran Drainase Lingkungan RT {number} RW {part} {where}",
        ("number", "part", "village"),
        "1.03.06.2.01",
    ),
    Sector(
        BUILD,
        "{action} Ruang Kelas SD Negeri {number} {name}",
        ("number", "name"),
        "1.01.02.2.01",
    ),
    Sector(
        BUILD,
        "{action} Ruang Kelas {part} SD Negeri {number} {name}",
        ("part",),
        "1.01.02.2.01",
    ),
    Sector(
        ("Pengadaan", "Pemeliharaan"),
        "{action} Alat Kesehatan Puskesmas {name}",
        ("name",),
        "1.02.02.2.01",
    ),
    Sector(
        BUILD,
        "{action} Sistem Penyediaan Air Minum Jaringan Perpipaan {where} Paket {number}",
        ("number", "village"),
        "1.03.03.2.01",
    ),
    Sector(
        ("Pembangunan", "Rehabilitasi"),
        "{action} Gedung Kantor Kelurahan {name} {where}",
        ("name",),
        "1.03.08.2.01",
    ),
    Sector(
        ("Pelatihan", "Pembinaan", "Penyuluhan"),
        "{action} Kelompok Tani {name} {where}",
        ("name", "village"),
        "3.27.02.2.01",
    ),
    Sector(
        ("Pembangunan", "Pemasangan"),
        "{action} Penerangan Jalan Umum {where}",
        ("village",),
        "2.15.02.2.02",
    ),
)
ROUTINES = (
    "Belanja Perjalanan Dinas Dalam Kota",
    "Belanja Perjalanan Dinas Biasa",
    "Belanja Alat/Bahan untuk Kegiatan Kantor-Alat Tulis Kantor",
    "Belanja Makanan dan Minuman Rapat",
    "Koordinasi dan Penyusunan Laporan Capaian Kinerja dan Ikhtisar Realisasi Kinerja SKPD",
    "Penyediaan Jasa Komunikasi, Sumber Daya Air dan Listrik",
    "Penyediaan Gaji dan Tunjangan ASN",
    "Honorarium Narasumber atau Pembahas, Moderator, Pembawa Acara, dan Panitia",
)
ROMAN = tuple(
    f"{ten}{one}"
    for ten in ("", "X")
    for one in ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
)
BOILERPLATE = ("Belanja", "Kegiatan", "Pekerjaan", "Lanjutan", "Paket Pekerjaan", "Belanja Modal")
PATTERNS = (*(sector.pattern for sector in SECTORS), *ROUTINES, *BOILERPLATE)
"""What every wording of a work is made of."""
