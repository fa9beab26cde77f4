"""Tables of Indonesian words: what to pass over, what to spell out, what to leave whole."""

_FUNCTION = """
ada adalah adanya agar akan akibat antar antara apa apabila atas atau bagi bahwa baik banyak baru
beberapa belum berapa berbagai berikut bersama bila bisa boleh bukan cukup dalam dan dapat dari
dengan di dia diri dua dulu empat enam guna hal hampir hanya harus hingga ia ialah ini itu jadi
jangan jika juga jumlah kah kali kalau kami kamu karena ke kecil kembali kemudian kepada ketika kini
kita kurang lagi lain lainnya lalu lebih lima luas maka makin mana masih masing mau melalui memang
mendapat mengenai menjadi menuju menurut mereka merupakan meski meskipun milik mungkin namun nanti
oleh pada paling para per pernah pula pun punya rangka rp saat saja saling sama sambil sampai sana
sangat satu saya sebab sebagai sebagian sebelum sebesar sebuah secara sedang sedangkan segera
sehingga sejak sekali sekarang sekitar selain selalu selama seluruh semakin sementara semua seperti
sering serta sesuai setelah setiap siap sini suatu sudah supaya tahun tanpa telah tentang tentu
terhadap terjadi terkait terlalu termasuk tersebut tetap tetapi tiap tiga tidak untuk utama waktu
walau yaitu yakni yang
"""
"""Function words: the closed classes of Alwi, H. et al. (2003), Tata Bahasa Baku Bahasa Indonesia:
pronouns, prepositions, conjunctions, numerals, particles, auxiliaries and the commonest adverbs."""

_ASKING = """
butuh diperlukan dibutuhkan mengusulkan meminta minta memerlukan membutuhkan mohon usul usulan perlu
warga
"""
"""Words with which one asks for something, and the residents for whom."""

_OFFICIAL = """
daerah kabupaten kota provinsi kab prov wilayah pemerintah pemkot pemkab pemda antardaerah antarkota
kegiatan pelaksanaan penyelenggaraan penyediaan penyusunan koordinasi sinkronisasi fasilitasi
peningkatan pengelolaan pengembangan pembangunan dilaksanakan kewenangan bidang kerjasama lintas
perbatasan tetangga layanan pelayanan program
"""
"""Words of every official text of regional cooperation, whatever it is about."""

_ENGLISH = """
a an and for in of on or the to with
"""
"""Function words of English that stand in names."""

STOP_WORDS = frozenset((_FUNCTION + _ASKING + _OFFICIAL + _ENGLISH).split())
"""Words that carry no matter."""

SPELLED_OUT = {
    "air bersih": "air minum",
    "apbd": "anggaran belanja daerah",
    "apbn": "anggaran belanja negara",
    "asf": "demam babi hewan",
    "asn": "aparatur",
    "b3": "berbahaya beracun",
    "bandara": "bandar udara",
    "bbm": "bahan bakar minyak",
    "bbnkb": "bea balik nama kendaraan bermotor",
    "blk": "balai latihan kerja",
    "bpbd": "penanggulangan bencana",
    "brt": "angkutan massal bus",
    "bts": "angkutan massal bus",
    "cabe": "cabai",
    "csirt": "tanggap insiden keamanan siber",
    "dak": "dana alokasi transfer",
    "damkar": "pemadam kebakaran",
    "das": "daerah aliran sungai",
    "dau": "dana alokasi transfer",
    "dbh": "dana bagi hasil transfer",
    "difabel": "disabilitas",
    "diklat": "pelatihan",
    "dukcapil": "penduduk catatan sipil",
    "early warning": "peringatan dini",
    "ews": "sistem peringatan dini",
    "flood forecasting": "peringatan dini banjir",
    "ibu kota baru": "ibu kota nusantara",
    "ibu kota negara": "ibu kota nusantara",
    "ikn": "ibu kota nusantara",
    "ipal": "instalasi pengolahan air limbah",
    "iplt": "instalasi pengolahan lumpur tinja limbah",
    "kad": "pasokan",
    "karhutla": "kebakaran hutan lahan",
    "kerja sama": "kerjasama",
    "kir": "uji berkala kendaraan",
    "klb": "kejadian luar biasa wabah",
    "kpbu": "kerjasama badan usaha",
    "kpdbu": "kerjasama badan usaha",
    "ksdpl": "mancanegara kembar",
    "ktp": "kartu penduduk",
    "labkesda": "laboratorium kesehatan",
    "lampu jalan": "penerangan jalan",
    "link and match": "selaras industri",
    "luar negeri": "mancanegara",
    "mpp": "mal pelayanan publik",
    "nakes": "tenaga kesehatan",
    "odgj": "orang gangguan jiwa",
    "pariwisata": "wisata",
    "pdam": "perusahaan air minum",
    "pembuangan akhir": "pemrosesan akhir",
    "peserta didik": "murid",
    "pju": "penerangan jalan",
    "pkb": "pajak kendaraan bermotor",
    "pks": "perjanjian",
    "pmk": "penyakit mulut kuku hewan",
    "pns": "aparatur",
    "ppa": "perempuan anak korban kekerasan",
    "ppdb": "penerimaan murid",
    "psn": "proyek strategis nasional",
    "rdtr": "rencana tata ruang",
    "rs": "rumah sakit",
    "rsud": "rumah sakit",
    "rth": "ruang terbuka hijau",
    "rtlh": "rumah tidak layak huni",
    "rtrw": "rencana tata ruang",
    "rusunawa": "rumah susun sewa",
    "satpol": "polisi ketertiban",
    "sdm": "sumber daya manusia",
    "sister city": "mancanegara kembar",
    "siswa": "murid",
    "smart city": "kota cerdas aplikasi",
    "smk": "sekolah kejuruan vokasi",
    "spald": "air limbah domestik",
    "spam": "air minum",
    "spbe": "sistem pemerintahan elektronik aplikasi",
    "spmb": "penerimaan murid",
    "stunting": "stunting gizi",
    "tbc": "tuberkulosis",
    "tengkes": "stunting gizi",
    "ternak": "hewan ternak",
    "tkd": "transfer dana",
    "tpa": "pemrosesan akhir sampah",
    "tpid": "pengendalian inflasi",
    "tps": "penampungan sampah",
    "tpst": "pemrosesan akhir sampah",
    "trantibum": "ketenteraman ketertiban umum",
    "turis": "wisata",
    "umk": "usaha mikro",
    "umkm": "usaha mikro",
    "usaha kecil": "usaha mikro",
}
"""Abbreviations of the field, from the glossary of regional cooperation, the names of the cooperation objects
and the brackets of the national nomenclature of sub-activities; and everyday second names of the same."""

_WHOLE = """
bangunan bantuan beras berita jembatan kebijakan kedaruratan kekerasan kelapa keluarga kendaraan
kesempatan ketahanan keuangan makanan medis minuman pangan pedagang pelabuhan pemerintahan pemuda
pemukiman pendapatan pengadaan penyakit peraturan perdagangan perempuan perikanan permukiman
pertanian perumahan perusahaan peternakan sekolah tahanan terminal timbangan
"""

WHOLE = frozenset(_WHOLE.split())
"""Words whose affixes belong to their meaning: folding them would join what differs, such as an
illness (`penyakit`) and a hospital (`rumah sakit`)."""

SAME_ROOT = {"pemukiman": "permukiman", "petani": "pertanian", "nelayan": "perikanan"}
"""Words that mean the same affair though no affix tells."""

_DROPPED_K = """
kacau kaji kandung karantina kasih kejar kelola kembang kenal kendali kerja ketat kirim koleksi
komunikasi kontrak koordinasi kumpul kunjung kurang kuasa kuat
"""

DROPPED_K = frozenset(_DROPPED_K.split())
"""Roots that lose their k after meng- and peng-, where other roots begin with a vowel, g or h; their own
ke- is no prefix."""

_NEGATION = """
bukan jangan larangan melarang membatalkan menolak menentang pembatalan penolakan tak tanpa tidak tolak
"""

NEGATIONS = frozenset(_NEGATION.split())
"""Words that deny what follows; not `belum` and `kurang`, which tell of a lack."""

_OPPOSITES = (
    (
        "dukung dukungan didukung mendukung setuju menyetujui disetujui persetujuan",
        "tolak menolak ditolak penolakan keberatan menentang",
    ),
    (
        "penambahan menambah ditambah kenaikan menaikkan dinaikkan",
        "pengurangan mengurangi dikurangi penurunan menurunkan diturunkan pemotongan memotong dipotong",
    ),
    ("pembukaan membuka dibuka", "penutupan menutup ditutup"),
    (
        "mempertahankan dipertahankan",
        "menghapus dihapus penghapusan mencabut dicabut pencabutan",
    ),
    ("mengizinkan diizinkan", "melarang dilarang larangan pelarangan"),
    ("mempercepat dipercepat percepatan", "menunda ditunda penundaan moratorium"),
)

OPPOSITES = tuple((frozenset(a.split()), frozenset(b.split())) for a, b in _OPPOSITES)
"""Words of which one side says the contrary of the other, each with its forms."""

ORDINARY_NAMES = frozenset(
    {
        *(
            "batang",
            "batu",
            "batu bara",
            "bone",
            "buru",
            "kudus",
            "kuningan",
            "landak",
            "lebak",
            "malang",
        ),
        *("metro", "padang", "palu", "pasir", "pati", "pesisir barat", "pesisir selatan", "puncak"),
        *("serang", "solo", "sungai penuh", "tanah datar", "tanah laut", "tebing tinggi"),
    }
)
"""Names of regions that are ordinary words, such as sand, coal, peak and a river that is full: titles write
those with capitals, too."""
