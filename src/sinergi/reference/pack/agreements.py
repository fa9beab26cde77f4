"""Parses and checks the families of agreements and the words that agreements use."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sinergi.reference.catalogue import AgreementFamily, AgreementTerm
from sinergi.reference.pack.files import Row, read_rows
from sinergi.reference.pack.issues import Issues

if TYPE_CHECKING:
    from sinergi.reference.pack.records import Pack

FAMILIES = "agreement_families.csv"
TERMS = "agreement_terms.csv"
FAMILY_COLUMNS = (
    "code",
    "name_id",
    "name_en",
    "partners",
    "memorandum",
    "agreement",
    "approvals",
    "study_first",
    "note_id",
    "note_en",
    "source",
    "provenance",
)
TERM_COLUMNS = (
    "kind",
    "code",
    "position",
    "name_id",
    "name_en",
    "note_id",
    "note_en",
    "source",
    "provenance",
)
KINDS = (
    "approval_kind",
    "dispute",
    "end_ground",
    "evaluation_question",
    "geography",
    "mandatory_test",
    "object_kind",
    "other_way",
    "partner_kind",
    "required_by",
    "takeover",
)
"""Kinds of terms that agreements ask for; a pack declares at least one term of each."""
LONGEST = {"geography": 2, "partner_kind": 16, "approval_kind": 24, "end_ground": 24}
"""Characters that a code of a kind may have; others 40."""


def parse_families(folder: Path, issues: Issues) -> tuple[AgreementFamily, ...]:
    """Read `agreement_families.csv`."""
    return tuple(_family(row) for row in read_rows(folder, FAMILIES, FAMILY_COLUMNS, issues))


def _family(row: Row) -> AgreementFamily:
    _both_languages(row)
    if len(row.optional("code")) > 12:
        row.wrong("code", "code_too_long", value=row.optional("code"), most=12)
    return AgreementFamily(
        row.text("code"),
        row.text("name_id"),
        row.text("name_en"),
        row.codes("partners"),
        row.optional("memorandum"),
        row.optional("agreement"),
        row.codes("approvals"),
        row.flag("study_first"),
        row.optional("note_id"),
        row.optional("note_en"),
        row.text("source"),
        row.text("provenance"),
    )


def parse_terms(folder: Path, issues: Issues) -> tuple[AgreementTerm, ...]:
    """Read `agreement_terms.csv`."""
    return tuple(_term(row) for row in read_rows(folder, TERMS, TERM_COLUMNS, issues))


def _term(row: Row) -> AgreementTerm:
    _both_languages(row)
    kind, code = row.choice("kind", KINDS), row.text("code")
    most = LONGEST.get(kind, 40)
    if len(code) > most:
        row.wrong("code", "code_too_long", value=code, most=most)
    return AgreementTerm(
        code,
        row.text("name_id"),
        row.text("name_en"),
        kind,
        row.integer("position", 1, 9999),
        row.optional("note_id"),
        row.optional("note_en"),
        row.text("source"),
        row.text("provenance"),
    )


def _both_languages(row: Row) -> None:
    if bool(row.optional("note_id")) != bool(row.optional("note_en")):
        row.wrong("note_en", "one_language_only")


def check_agreements(pack: "Pack", issues: Issues) -> None:
    """Note everything in which families, terms and rules contradict each other."""
    codes: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for line, term in enumerate(pack.agreement_terms, start=2):
        if term.code in codes[term.kind]:
            issues.add(TERMS, line, "code", "code_twice", value=term.code)
        codes[term.kind].add(term.code)
    for kind in KINDS:
        if not codes[kind]:
            issues.add(TERMS, 0, "kind", "term_kind_missing", value=kind)
    for line, family in enumerate(pack.agreement_families, start=2):
        _known(FAMILIES, "partners", line, family.partners, codes["partner_kind"], issues)
        _known(FAMILIES, "approvals", line, family.approvals, codes["approval_kind"], issues)
    families = {one.code for one in pack.agreement_families} | codes["other_way"]
    file = "partner_type_rules.csv"
    for line, rule in enumerate(pack.partner_type_rules, start=2):
        _known(file, "partner_type", line, [rule.partner_type], codes["partner_kind"], issues)
        _known(file, "object_codes", line, rule.object_codes, codes["object_kind"], issues)
        _known(file, "family", line, [rule.family], families, issues)


def _known(
    file: str, column: str, line: int, told: Iterable[str], known: set[str], issues: Issues
) -> None:
    for code in told:
        if code not in known:
            issues.add(file, line, column, "unknown_code", value=code)
