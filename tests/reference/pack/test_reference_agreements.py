"""Families of agreements and their words, as the pack says them, and what is told when it says them wrong."""

import shutil
from pathlib import Path

import pytest
from django.utils import translation

from sinergi.reference import queries
from sinergi.reference.messages import issue_text
from sinergi.reference.pack import load_pack, read_pack
from sinergi.reference.pack.agreements import KINDS

SHIPPED = Path("src/sinergi/reference/indonesia")


@pytest.fixture(scope="module")
def indonesia():
    return load_pack(SHIPPED)


@pytest.fixture
def copy(tmp_path):
    return Path(shutil.copytree(SHIPPED, tmp_path / "pack"))


def test_there_are_five_families_each_with_its_partners(indonesia):
    told = {one.code: one.partners for one in indonesia.agreement_families}
    assert told == {
        "KSDD": ("PEMDA",),
        "KSDPK": ("PIHAK_KETIGA",),
        "KSDPL": ("PEMDA_LN",),
        "KSDLL": ("LEMBAGA_LN",),
        "SINERGI": ("K_L",),
    }


def test_a_note_of_agreement_has_no_agreement_beside_it(indonesia):
    told = {one.code: (one.memorandum, one.agreement) for one in indonesia.agreement_families}
    assert told["SINERGI"] == ("nota", "")
    assert told["KSDD"] == ("kb", "pks")


def test_only_cooperation_with_third_parties_has_a_study_first(indonesia):
    assert [one.code for one in indonesia.agreement_families if one.study_first] == ["KSDPK"]


def test_all_words_say_their_source_and_how_they_are_known(indonesia):
    for one in (*indonesia.agreement_families, *indonesia.agreement_terms):
        assert one.source
        assert one.provenance
        assert one.name("id") != one.name("en")


def test_geographic_types_are_sourced_and_grounds_of_ending_are_to_be_verified():
    geography = queries.agreement_terms("geography")
    assert list(geography) == ["a", "b", "c", "d"]
    assert geography["a"].sourced
    assert not any(one.sourced for one in queries.agreement_terms("end_ground").values())


def test_eleven_questions_of_evaluation_come_in_the_order_of_their_form():
    questions = queries.agreement_terms("evaluation_question")
    assert list(questions)[:2] == ["purpose", "schedule"]
    assert list(questions)[-1] == "relevance"
    assert len(questions) == 11


def test_every_kind_of_words_is_declared_and_an_unknown_kind_has_none():
    assert all(queries.agreement_terms(kind) for kind in KINDS)
    assert queries.agreement_terms("weather") == {}


def test_every_rule_on_partners_leads_to_a_family_or_another_way():
    ends = {*queries.agreement_families(), *queries.agreement_terms("other_way")}
    assert {rule.family for rule in queries.partner_type_rules()} <= ends


def test_notes_are_read_in_both_languages():
    family = queries.agreement_families()["KSDPK"]
    assert "studi kelayakan" in family.note("id")
    assert "feasibility study" in family.note("en")
    term = queries.agreement_terms("approval_kind")["dprd"]
    assert "council" not in term.note("id")
    assert "budget" in term.note("en")


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old) + (1 if old.startswith("\n") else 0)].count("\n") + 1


FAMILIES, TERMS, RULES = "agreement_families.csv", "agreement_terms.csv", "partner_type_rules.csv"


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "code"),
    [
        (FAMILIES, ",PEMDA,kb", ",PEMKAB,kb", "partners", "unknown_code"),
        (FAMILIES, "|foreign_ministry,", "|embassy,", "approvals", "unknown_code"),
        (FAMILIES, ",pks,dprd,yes,", ",pks,dprd,maybe,", "study_first", "not_one_of"),
        (FAMILIES, "\nKSDPK,", "\nKSDD,", "code", "code_twice"),
        (FAMILIES, "\nKSDPK,", "\nKERJASAMA-PIHAK-3,", "code", "code_too_long"),
        (TERMS, "\ngeography,b,", "\ngeography,a,", "code", "code_twice"),
        (TERMS, "\ngeography,b,", "\ngeography,bcd,", "code", "code_too_long"),
        (TERMS, "\ngeography,b,", "\ngeometry,b,", "kind", "not_one_of"),
        (TERMS, "\ngeography,b,2,", "\ngeography,b,second,", "position", "not_a_number"),
        (TERMS, ",Gubernur,The gov", ",,The gov", "name_id", "empty"),
        (TERMS, ",Regencies and cities of one province.,", ",,", "note_en", "one_language_only"),
        (RULES, ",procurement,PBJ,", ",buying,PBJ,", "object_codes", "unknown_code"),
        (RULES, ",procurement,PBJ,", ",procurement,BUYING,", "family", "unknown_code"),
        (RULES, "\nLEMBAGA_LN,", "\nPERSON,", "partner_type", "unknown_code"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_file_line_and_field(copy, file, old, new, field, code):
    line = change(copy, file, old, new)
    found = {(one.file, one.line, one.field, one.message_code) for one in read_pack(copy)[1].found}
    assert (file, line, field, code) in found


def test_a_pack_without_the_files_is_told_which_are_missing(copy):
    (copy / FAMILIES).unlink()
    (copy / TERMS).unlink()
    issues = read_pack(copy)[1].found
    assert {one.file: one.message_code for one in issues if one.file in (FAMILIES, TERMS)} == {
        FAMILIES: "file_missing",
        TERMS: "file_missing",
    }


def test_a_kind_without_words_is_told_in_the_language_of_the_reader(copy):
    text = (copy / TERMS).read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("takeover,")]
    (copy / TERMS).write_text("\n".join(kept) + "\n", encoding="utf-8")
    issue = next(one for one in read_pack(copy)[1].found if one.message_code == "term_kind_missing")
    with translation.override("en"):
        assert "takeover" in issue_text(issue)
