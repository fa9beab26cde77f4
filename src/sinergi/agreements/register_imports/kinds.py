"""What words of a register say: which document it is, which family, whether it holds. Pure functions."""

import re
from dataclasses import dataclass

KINDS = (
    ("addendum", r"\b(?:adendum|addendum|amandemen)\b"),
    ("nota", r"\bnota kesepakatan\b|\bnk\b"),
    (
        "kb",
        r"\bmou\b|\bm\.?o\.?u\b|nota kesepahaman|kesepakatan bersama|memorandum|\bkb\b|\bkesber\b",
    ),
    ("pks", r"\bpks\b|perjanjian kerja ?sama|\bspk\b|\bperjanjian\b|\bmoa\b"),
    ("pks?", r"\bkontrak\b|\bkerja ?sama\b|\bkesepakatan\b"),
)
"""Document and the words for it; with `?` it is usual but not sure."""
FAMILIES = (
    ("KSDPK", r"\bksdpk\b|pihak ketiga|\bswasta\b|\bkspk\b"),
    ("KSDPL", r"\bksdpl\b|pemerintah daerah (?:di )?luar negeri|sister city|kota kembar"),
    ("KSDLL", r"\bksdll\b|lembaga (?:di )?luar negeri"),
    ("SINERGI", r"\bsinergi\b|pemerintah pusat|kementerian"),
    ("KSDD", r"\bksdd\b|daerah dengan daerah|daerah lain|antar ?daerah"),
)
STATES = (
    ("withdrawn", r"\b(?:batal|dibatalkan|tidak jadi|dicabut)\b"),
    ("renewing", r"\b(?:perpanjangan|diperpanjang|proses perpanjang|renewal)\b"),
    ("amended", r"\b(?:adendum|addendum|amandemen)\b"),
    ("unsigned", r"\b(?:proses|draf|draft|rancangan|penjajakan|belum (?:ditandatangani|ttd)|usulan)\b"),
    ("ended", (r"\b(?:tidak (?:aktif|berlaku)|sudah tidak|(?:telah |sudah )?(?:berakhir|habis"
               r"|selesai|kadaluarsa|"
              r"kedaluwarsa)|expired|non ?aktif|mati)\b")),
    ("living", r"\b(?:(?:masih )?(?:berlaku|aktif|berjalan|hidup)|on ?going)\b"),
)  # fmt: skip
WITHIN_NUMBER = re.compile(r"[/.\-](MoU|KB|PKS|NK|ADD)[/.\-]", re.IGNORECASE)
BY_NUMBER = {"mou": "kb", "kb": "kb", "pks": "pks", "nk": "nota", "add": "addendum"}
ABOUT = re.compile(r"\btentang\b[\s:]*", re.IGNORECASE)
BETWEEN = re.compile(r"\bantara\b\s+(.+?)(?=\s+tentang\b)", re.IGNORECASE | re.DOTALL)
OPENING = re.compile(
    r"^(?:addendum|adendum|perjanjian|kesepakatan|nota|memorandum|mou|pks|naskah)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Word:
    """What words were read as; `why` is the code of a doubt."""

    value: str = ""
    why: str = ""


def document_kind(text: str) -> Word:
    """Return which document words name: `kb`, `pks`, `nota`, `addendum`.

    Examples
    --------
    >>> document_kind("MoU").value, document_kind("Perjanjian Kerja Sama (PKS)").value
    ('kb', 'pks')
    """
    plain = " ".join(text.casefold().split())
    found = [kind for kind, pattern in KINDS if re.search(pattern, plain)]
    if not found:
        return Word("", "kind_unknown" if plain else "")
    sure = list(dict.fromkeys(one for one in found if not one.endswith("?")))
    if "kb" in sure and "nota" in sure:
        return Word("", "kind_several")
    if len(sure) > 1 and "addendum" not in sure:
        return Word("", "kind_several")
    return Word(sure[0]) if sure else Word(found[0].rstrip("?"), "kind_presumed")


def kind_of_number(number: str) -> str:
    """Return which document a number names: `119/12/PKS/2023` is `pks`; empty where it names none."""
    found = {BY_NUMBER[one.casefold()] for one in WITHIN_NUMBER.findall(number)}
    return found.pop() if len(found) == 1 else ""


def kind_of_title(title: str) -> str:
    """Return which document a title begins with; empty where it begins with none."""
    if not OPENING.match(title.strip()):
        return ""
    read = document_kind(re.split(r"\b(?:antara|tentang)\b", title, maxsplit=1)[0])
    return "" if read.why else read.value


def family_told(text: str) -> Word:
    """Return the family that words name."""
    plain = " ".join(text.casefold().split())
    found = [family for family, pattern in FAMILIES if re.search(pattern, plain)]
    if len(found) == 1:
        return Word(found[0])
    return Word("", "family_unknown" if plain else "")


def family_of(kinds: set[str]) -> Word:
    """Return the family of parties by their kinds; the one abroad, of the centre or the third decides.

    Examples
    --------
    >>> family_of({"PEMDA"}).value, family_of({"PEMDA", "PIHAK_KETIGA"}).value
    ('KSDD', 'KSDPK')
    """
    others = kinds - {"PEMDA"}
    by_kind = {
        "PIHAK_KETIGA": "KSDPK",
        "K_L": "SINERGI",
        "PEMDA_LN": "KSDPL",
        "LEMBAGA_LN": "KSDLL",
    }
    if not others:
        return Word("KSDD") if kinds else Word("", "family_unknown")
    if len(others) == 1:
        return Word(by_kind[others.pop()])
    return Word("", "family_mixed")


def state_told(text: str) -> Word:
    """Return what words say of whether it holds: `living`, `ended`, `unsigned`, `renewing`.

    Examples
    --------
    >>> state_told("Masih berlaku").value, state_told("tidak berlaku").value
    ('living', 'ended')
    """
    plain = " ".join(text.casefold().split())
    if not plain:
        return Word()
    found = [state for state, pattern in STATES if re.search(pattern, plain)]
    if "ended" in found and "living" in found:
        found.remove("living")  # “tidak berlaku” holds the word “berlaku”
    if not found:
        return Word("", "state_unknown")
    if len(found) > 1:
        return Word("", "state_several")
    return Word(found[0])


def subject_of(title: str) -> str:
    """Return what follows “tentang” in a title; empty where nothing does."""
    match = ABOUT.search(title)
    return title[match.end() :].strip() if match else ""


def parties_of_title(title: str) -> str:
    """Return what stands between “antara” and “tentang” in a title."""
    match = BETWEEN.search(title)
    return match[1].strip() if match else ""
