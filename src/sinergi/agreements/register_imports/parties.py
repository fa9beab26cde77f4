"""Who a written name means: a region, an agency of one, a ministry, a third party, somebody abroad."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from sinergi.agreements.register_imports.splitting import HEAD, names
from sinergi.reference.errors import Suggestion

Finder = Callable[[str], tuple[Suggestion, ...]]
MOST_CHARACTERS = 200
EXACT = frozenset({"name", "code"})
SURE, SPELLED, AHEAD = 98.0, 90.0, 4.0
"""Likeness of a name with its level; of one that is spelled otherwise; lead over the next region."""
LEVELS = (
    (r"kota|pemkot?|pemerintah(?:an)?(?: daerah)? kota|wali ?kota", "Kota"),
    (r"kab(?:upaten)?|pemkab|pemerintah(?:an)?(?: daerah)? kab(?:upaten)?|bupati", "Kabupaten"),
    ((r"prov(?:insi)?|propinsi|pemprov|pemerintah(?:an)?(?: daerah)? (?:prov(?:insi)?|propinsi)"
      r"|gubernur"
     r"|pemerintah daerah (?=daerah (?:istimewa|khusus))|pemerintah (?=aceh|daerah (?:istimewa"
     r"|khusus))"),
     "Provinsi"),
)  # fmt: skip
LEVELLED = [(re.compile(rf"^(?:{words})\b[.\s]*", re.IGNORECASE), level) for words, level in LEVELS]
GOVERNMENT = re.compile(r"^(?:pemerintah(?: daerah)?|pemda)\b[.\s]*", re.IGNORECASE)
AGENCY = re.compile(
    r"^(?:dinas|dlh|dpmptsp|bpbd|bappe(?:da|litbang|rida)\w*|bapenda|bkpsdm|bkad|bpkad|diskominfo\w*"
    r"|disdik\w*|dinkes|dispar\w*|disnaker\w*|dishub|disdukcapil|sekretariat|setda|inspektorat"
    r"|bagian|biro"
    r"|kecamatan|kelurahan|uptd?|blud|rsud|rumah sakit umum daerah|puskesmas|satpol|dprd|badan)\b",
    re.IGNORECASE,
)
CENTRAL = re.compile(
    r"^(?:kementerian|kementrian|kemen(?:ko|dagri|kes|keu|ag|kumham|dikbud\w*|pupr|hub|sos|par\w*"
    r"|lhk|tan|kop\w*"
    r"|ristek\w*|pora|pan\w*|bumn|esdm|kominfo|komdigi|ham|kum|aker|naker)|kejaksaan|kepolisian"
    r"|polres\w*|polda"
    r"|polri|tni|kodim|korem|lanal|pengadilan|mahkamah|kantor (?:kementerian|pertanahan|wilayah"
    r"|imigrasi"
    r"|pelayanan)|kanwil|lapas|rutan|bnnk?|bps|bpn|bkn|bpkp|bssn|brin|bpom|bmkg|bkkbn|bnpb"
    r"|basarnas|lkpp"
    r"|badan (?:pusat statistik|narkotika nasional|pertanahan nasional|kepegawaian negara|siber"
    r"|riset dan inovasi nasional|nasional|pengawas\w*|meteorologi"
    r"|kependudukan dan keluarga berencana nasional"
    r"|penanggulangan bencana|pencarian)|komisi|ombudsman|balai besar|lembaga (?:administrasi negara"
    r"|kebijakan pengadaan|ketahanan|pemasyarakatan))\b",
    re.IGNORECASE,
)
THIRD = re.compile(
    r"^(?:pt|cv|ud|firma|koperasi|kud|yayasan|perkumpulan|perum|perumda|perusahaan|perseroda|pdam"
    r"|ptam|bumd"
    r"|bumdes|bank|bpr|universitas|univ|institut|politeknik|poltekkes|sekolah tinggi|akademi|stie"
    r"|stikes|stmik"
    r"|stai|uin|iain|smk|sma|ikatan|asosiasi|persatuan|himpunan|gabungan|majelis|hotel|klinik"
    r"|lsm)\b[. ]*",
    re.IGNORECASE,
)
COUNTRIES = (
    r"jepang|japan|korea(?: selatan)?|tiongkok|china|malaysia|singapura|singapore|thailand"
    r"|vietnam|filipina"
    r"|australia|belanda|netherlands|jerman|germany|prancis|france|inggris|united kingdom"
    r"|amerika serikat|usa"
    r"|turki|turkiye|india|timor[- ]leste|brunei(?: darussalam)?|swedia|denmark|norwegia|kanada"
    r"|selandia baru"
)
ABROAD = re.compile(rf"\b(?:{COUNTRIES})\b", re.IGNORECASE)
GOVERNMENT_ABROAD = re.compile(
    r"^(?:pemerintah|kota|pemkot|city|government|municipality|prefecture|prefektur|provinsi"
    r"|metropolitan"
    r"|.*\b(?:city|prefecture|county|municipality)\b)",
    re.IGNORECASE,
)
INSTITUTION_ABROAD = re.compile(
    r"^(?:unicef|undp|unesco|un[- ]?habitat|jica|giz|usaid|who|world bank|bank dunia|adb|koica"
    r"|iom|ausaid|wwf"
    r"|(?:.*\b(?:university|foundation|gmbh|inc|ltd)\b))",
    re.IGNORECASE,
)
TAIL = re.compile(
    r"\b(?:pemkot?|pemkab|pemprov|pemerintah(?: daerah)?|(?:pada\s+)?(?:kota|kabupaten|kab"
    r"|provinsi|propinsi|prov))"
    r"\b[. ]*(?!.*\b(?:pemkot|pemkab|pemprov|kota|kabupaten|kab|provinsi|propinsi|prov)\b).*$",
    re.IGNORECASE,
)
JOINED = re.compile(r"\bdan\b|&|,(?!\s*(?:tbk|persero|jepang|s\.?e|m\.))|/", re.IGNORECASE)
ENDINGS = re.compile(
    r"\s*\((?:pihak [^)]{1,12}|kesatu|kedua|ketiga|i{1,3}|persero|tbk)\)\s*$", re.IGNORECASE
)
KINDS = ("PEMDA", "K_L", "PIHAK_KETIGA", "PEMDA_LN", "LEMBAGA_LN")


@dataclass(frozen=True, slots=True)
class PartyRead:
    """Who a name was read as.

    Attributes
    ----------
    name
        As the agreement will name the party; the official name of a region where one is meant for sure.
    agency
        Of a region: the agency that was written.
    why
        Code of a doubt.
    candidates
        Codes and names of what could be meant.
    """

    written: str
    name: str
    kind: str
    region_code: str = ""
    agency: str = ""
    why: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class PartyReader:
    """Reads names, each distinct one once.

    Attributes
    ----------
    find
        Finds regions by name, the likeliest first: `reference.queries.find_region`.
    """

    find: Finder
    held: dict[str, PartyRead] = field(default_factory=dict)
    regions: dict[str, tuple[Suggestion, ...]] = field(default_factory=dict)

    def of_cell(self, text: str) -> list[PartyRead]:
        """Return the parties that a cell names, in their order."""
        return [self.read(name) for name in names(text, self.is_region)]

    def is_region(self, text: str) -> bool:
        """Whether a short text is exactly the name of a region."""
        if len(text) > 60 or not text.strip():
            return False
        return any(one.reason in EXACT and one.score >= 88 for one in self._found(text))

    def read(self, name: str) -> PartyRead:
        """Return who a name means."""
        if name not in self.held:
            self.held[name] = self._read(" ".join(name.split()))
        return self.held[name]

    def _found(self, text: str) -> tuple[Suggestion, ...]:
        if text not in self.regions:
            self.regions[text] = self.find(text) if len(text) <= 80 else ()
        return self.regions[text]

    def _read(self, name: str) -> PartyRead:
        if len(name) > MOST_CHARACTERS:
            return PartyRead(name, name[:MOST_CHARACTERS], "PIHAK_KETIGA", why="party_long")
        plain = ENDINGS.sub("", name)
        if abroad := _abroad(plain):
            return abroad
        if CENTRAL.match(plain):
            return PartyRead(name, name, "K_L")
        if THIRD.match(plain):
            why = "party_joined" if JOINED.search(plain) else ""
            return PartyRead(name, name, "PIHAK_KETIGA", why=why)
        if AGENCY.match(plain):
            return self._agency(plain)
        return self._region(plain)

    def _agency(self, name: str) -> PartyRead:
        tail = TAIL.search(name)
        if tail is None or not tail.start():
            return PartyRead(name, name, "PEMDA", agency=name, why="agency_without_region")
        region = self._region(tail[0])
        agency = name[: tail.start()].strip(" ,-–")
        if region.region_code:
            return PartyRead(
                name,
                region.name,
                "PEMDA",
                region.region_code,
                agency,
                region.why,
                region.candidates,
            )
        return PartyRead(
            name, name, "PEMDA", agency=agency, why="party_region", candidates=region.candidates
        )

    def _region(self, name: str) -> PartyRead:
        told, rest = _level(name)
        if not told:
            rest = GOVERNMENT.sub("", name)
        asked = f"{told} {rest}".strip()
        found = self._found(asked)
        shown = tuple(f"{one.code} {one.name}" for one in found[:4])
        known_as_government = bool(_level(name)[0] or GOVERNMENT.match(name))
        if not found:
            why = "party_region" if known_as_government else "party_unknown"
            kind = "PEMDA" if known_as_government else "PIHAK_KETIGA"
            return PartyRead(name, name, kind, why=why)
        first = found[0]
        lead = first.score - (found[1].score if len(found) > 1 else 0)
        exact = first.reason in EXACT and first.score >= SURE and lead >= AHEAD
        if exact and (told or len(found) == 1):
            return PartyRead(name, _official(first), "PEMDA", first.code)
        spelled = told and first.reason == "similar" and first.score >= SPELLED and lead >= AHEAD
        if spelled and _same_level(first.name, told):
            named = _official(first)
            return PartyRead(name, named, "PEMDA", first.code, "", "region_spelled", shown)
        exact_names = [one for one in found if one.reason in EXACT]
        if exact_names or known_as_government or (first.score >= SPELLED and not HEAD.match(name)):
            return PartyRead(name, name, "PEMDA", why="party_region", candidates=shown)
        return PartyRead(name, name, "PIHAK_KETIGA", why="party_unknown", candidates=shown)


def _level(name: str) -> tuple[str, str]:
    """Return the level that the words before a name tell, and the name without them."""
    for pattern, level in LEVELLED:
        if match := pattern.match(name):
            return level, name[match.end() :]
    return "", name


def _same_level(official: str, told: str) -> bool:
    is_province = not official.startswith(("Kota ", "Kabupaten "))
    return official.startswith(f"{told} ") or (told == "Provinsi" and is_province)


def _official(region: Suggestion) -> str:
    """Return how a government is called: `Pemerintah Kota Banjarbaru`, `Pemerintah Provinsi Aceh`."""
    if region.name.startswith(("Kota ", "Kabupaten ", "Provinsi ")):
        return f"Pemerintah {region.name}"
    return f"Pemerintah Provinsi {region.name}"


def _abroad(name: str) -> PartyRead | None:
    if INSTITUTION_ABROAD.match(name):
        return PartyRead(name, name, "LEMBAGA_LN")
    if not ABROAD.search(name) or CENTRAL.match(name):
        return None
    if THIRD.match(name):
        return PartyRead(name, name, "LEMBAGA_LN", why="party_abroad")
    if GOVERNMENT_ABROAD.match(name):
        return PartyRead(name, name, "PEMDA_LN")
    return PartyRead(name, name, "LEMBAGA_LN", why="party_abroad")
