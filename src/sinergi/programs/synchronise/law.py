"""What law and map say, as the tables that synchronisation takes."""

import polars as pl

from sinergi.analysis.synchronise import Law
from sinergi.analysis.synchronise.tables import CLAIMS, NAMES, PHASES
from sinergi.programs import similarity
from sinergi.programs.codes import ANY_AFFAIR, LEVEL
from sinergi.reference.models import Activity
from sinergi.reference.queries import catalogue, funding_channels, pack

CENTRE, PROVINCE, LOCAL = "PUSAT", "PROVINSI", "KABKOTA"
LEVELS = (("1", PROVINCE), ("2", LOCAL))
EARMARKED = {
    "APBN_PUSAT": CENTRE,
    "DEKON": CENTRE,
    "TP": CENTRE,
    "DAK_FISIK": CENTRE,
    "DAK_NONFISIK": CENTRE,
    "HIBAH_DAERAH": CENTRE,
    "BANKEU_PROV_KAB": PROVINCE,
}
"""Channels whose money is given for one purpose, with whose money it is; all others may be mixed."""
OWN = ("APBD_PROV", "APBD_KABKOTA")
"""Channels whose limit to their own authority is told of the code of a line, not of its money once more."""
SHARES = ("KSD_SHARE",)
"""Channels from which a government pays its share of a work of several."""
SCHOOLS = (
    r"\b(sdn|smpn?|paud|sekolah dasar|sd (negeri|n|inpres|no|nomor)|"
    r"(sekolah|gedung|ruang|kelas|jenjang|perpustakaan|siswa|murid) sd)\b"
)
"""Schools of regencies and cities. “sd” alone is no school: mostly it is “s/d”, that is “until”."""
NAMED = (
    (r"\bjalan nasional\b", "1.03", CENTRE, "jalan", "Jalan nasional"),
    (r"\bjalan provinsi\b", "1.03", PROVINCE, "jalan", "Jalan provinsi"),
    (r"\bjalan kabupaten\b", "1.03", LOCAL, "jalan", "Jalan kabupaten/kota"),
    (r"\birigasi lintas (kabupaten|kab|kota)\b", "1.03", PROVINCE, "irigasi", ""),
    (r"\bterminal (penumpang )?tipe a\b", "2.15", CENTRE, "terminal", ""),
    (r"\bterminal (penumpang )?tipe b\b", "2.15", PROVINCE, "terminal", ""),
    (r"\bterminal (penumpang )?tipe c\b", "2.15", LOCAL, "terminal", ""),
    (r"\b(sma|smk|slb)n?\b", "1.01", PROVINCE, "pendidikan", "SMA, SMK"),
    (SCHOOLS, "1.01", LOCAL, "pendidikan", "PAUD, SD, SMP"),
    (r"\bpelabuhan pengumpan regional\b", "2.15", PROVINCE, "pelabuhan", ""),
    (r"\bpelabuhan pengumpan lokal\b", "2.15", LOCAL, "pelabuhan", ""),
)
"""Words of titles, the affair they are asked in, who alone holds it, topic and words of the rule."""
PHASE_WORDS = (
    (
        "design",
        r"\b(ded|detail(ed)? engineering design|perencanaan|studi kelayakan|fs|master plan|desain)\b",
    ),
    ("land", r"\b(pengadaan (tanah|lahan)|pembebasan (tanah|lahan)|penyediaan lahan)\b"),
    ("supervise", r"\b(pengawasan|supervisi|manajemen konstruksi)\b"),
    ("build", r"\b(pembangunan|konstruksi|peningkatan|rehabilitasi|rekonstruksi|belanja modal)\b"),
)
WORKS = (
    r"\b(pembangunan|pemb|peningkatan|rehabilitasi|rehab|rekonstruksi|konstruksi|pelebaran|pemeliharaan|"
    r"penggantian|normalisasi|revitalisasi|pengaspalan|jembatan|jalan|jln|jl|irigasi|bendung|bendungan|embung|"
    r"drainase|tanggul|gedung|pasar|terminal|pelabuhan|dermaga|spam|tpa|tpst|puskesmas|rsud|sekolah)\b"
)
"""Words by which a title names something built, or what is done to it."""
UNITS = (
    ("kilometer", "km"), ("kilo meter", "km"), ("km²", "km2"), ("kilometer persegi", "km2"),
    ("meter panjang", "m"), ("meter lari", "m"), ("m lari", "m"), ("m²", "m2"), ("meter persegi", "m2"),
    ("m³", "m3"), ("meter kubik", "m3"), ("sentimeter", "cm"), ("milimeter", "mm"),
    ("hektare", "ha"), ("kilogram", "kg"), ("kepala keluarga", "kk"),
    ("exemplar", "exp"), ("x", ""), ("dan", ""), ("per", ""), ("ls", "lumpsum"), ("lump sum", "lumpsum"),
)  # fmt: skip
"""Spellings of units of which matching knows none, or knows them as words of places."""


def level_of(region: str) -> str:
    """Return the level of the government of a region: `PUSAT`, `PROVINSI`, `KABKOTA`.

    A city that is no government of its own is run by its province.
    """
    if region == "ID":
        return CENTRE
    province, dot, _rest = region.partition(".")
    return PROVINCE if not dot or province in pack().administrative_provinces else LOCAL


def present_law() -> Law:
    """Return what the country pack and the loaded nomenclature say now."""
    return Law(
        nomenclature=_nomenclature(),
        any_affair=ANY_AFFAIR,
        level_part=LEVEL,
        levels=LEVELS,
        channels=_channels(),
        objects=_objects(),
        borders=pl.DataFrame(
            [(one.a, one.b) for one in pack().borders],
            schema={"a": pl.String, "b": pl.String},
            orient="row",
        ),
        names=_names(),
        claims=_claims(),
        further=tuple(
            (province, one.level, one.holds, one.affair)
            for one in pack().further_levels
            for province in one.provinces
        ),
        phases=pl.DataFrame(PHASE_WORDS, schema=PHASES, orient="row"),
        successors=_successors(),
        works=WORKS,
        ordinary=frozenset(similarity.dictionary().ordinary),
        shares=frozenset(SHARES),
        units=_units(),
    )


def _units() -> tuple[tuple[str, str], ...]:
    """Return spellings of units: abbreviations of plan lines, unless matching reads them as a unit."""
    short = dict(similarity.dictionary().abbreviations)
    read = {one.word: one.meaning for one in pack().matching_words if one.kind == "unit"}
    return tuple(sorted((short | read | dict(UNITS)).items()))


def _nomenclature() -> pl.DataFrame:
    rows = list(Activity.objects.values_list("code", "name", "authority"))
    return pl.DataFrame(
        rows, schema={"code": pl.String, "name": pl.String, "level": pl.String}, orient="row"
    )


def _successors() -> pl.DataFrame:
    rows = Activity.objects.exclude(previous="").values_list("previous", "code")
    told = [(old, code) for before, code in rows for old in before.split("|")]
    return pl.DataFrame(told, schema={"former": pl.String, "code": pl.String}, orient="row")


def _channels() -> pl.DataFrame:
    rows = [
        {
            "channel": one.code,
            "payer": EARMARKED.get(one.code, ""),
            "earmarked": one.code in EARMARKED,
            "authorities": [] if one.code in OWN else list(one.authorities),
            "recipients": list(one.recipients),
            "affairs": list(one.affairs),
            "physical": one.physical,
        }
        for one in funding_channels().values()
    ]
    return pl.DataFrame(rows, schema=Law().channels.schema)


def _objects() -> pl.DataFrame:
    rows = [
        {
            "object": one.code,
            "activity": one.activity,
            "authority": list(one.authority),
            "adjacent": one.adjacency == "required" and one.logic == "ADJACENT",
            "physical": one.physical,
        }
        for one in catalogue().values()
    ]
    return pl.DataFrame(rows, schema=Law().objects.schema)


def _names() -> pl.DataFrame:
    """Return how regencies and cities are called: with their kind, shortened, and by the bare name."""
    rows = []
    for one in pack().regions:
        if one.level not in ("regency", "city") or one.valid_to is not None:
            continue
        kind, _space, bare = one.name.lower().partition(" ")
        short = "kab" if kind == "kabupaten" else kind
        rows += [(one.code, one.name.lower()), (one.code, f"{short} {bare}"), (one.code, bare)]
    return pl.DataFrame(rows, schema=NAMES, orient="row").unique(maintain_order=True)


def _claims() -> pl.DataFrame:
    """Return words of titles whose holder the rules of the pack confirm, each with what its rule says."""
    rules = {(one.topic, one.level): one.criterion_id for one in reversed(pack().authority_rules)}
    rows = [
        (pattern, affair, level, words or rules[topic, level])
        for pattern, affair, level, topic, words in NAMED
        if (topic, level) in rules
    ]
    return pl.DataFrame(rows, schema=CLAIMS, orient="row")
