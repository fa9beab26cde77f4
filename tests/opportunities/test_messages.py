"""Every code of the room has words, in both languages."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

from sinergi.analysis.logics import LOGICS
from sinergi.opportunities import messages, rules
from sinergi.opportunities.messages import errors, terms
from sinergi.opportunities.settings import PARTS, SettingsError
from sinergi.reference import queries as reference

ROOM = Path(messages.__file__).resolve().parents[1]
RAISING = ("settings.py", "addresses.py", "queries.py")


def raised_codes() -> set[str]:
    """Return every code given to a `SettingsError`, read from the sources."""
    found = set()
    for name in RAISING:
        for node in ast.walk(ast.parse((ROOM / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "SettingsError":
                code = node.args[2]
                parts = [code] if isinstance(code, ast.Constant) else []
                found |= {part.value for part in parts}
    return found | {"not_a_whole_number", "not_a_number"}


def both(function, *given) -> tuple[str, str]:
    with translation.override("id"):
        indonesian = function(*given)
    with translation.override("en"):
        return indonesian, function(*given)


def test_the_sources_raise_the_codes_that_have_words():
    assert raised_codes() == set(errors.TEXTS)


@pytest.mark.parametrize("code", sorted(errors.TEXTS))
def test_every_refused_setting_is_explained_in_both_languages(code):
    error = SettingsError("population_min", "12x", code, "≥ 0")
    indonesian, english = both(messages.message, error)
    assert indonesian != english
    assert "%(" not in indonesian + english
    assert indonesian.startswith("Penduduk paling sedikit")
    assert english.startswith("Smallest population")


@pytest.mark.parametrize(
    ("function", "codes"),
    [
        (messages.veto_text, rules.VETOES),
        (messages.funding_reason_text, rules.FUNDING_REASONS),
        (messages.part_name, PARTS),
        (messages.part_meaning, PARTS),
        (messages.logic_name, tuple(LOGICS)),
        (messages.logic_text, tuple(LOGICS)),
        (messages.takeover_text, ("governor", "centre")),
        (messages.geographic_type_text, ("a", "b", "c", "d")),
        (messages.level_name, ("PUSAT", "PROVINSI", "KABKOTA")),
        (messages.legal_class_name, ("wajib_if_trigger", "sukarela")),
        (messages.kind_name, ("measure", "proxy")),
        (messages.flag_name, ("official", "estimate", "imputed", "default")),
        (messages.normaliser_name, ("peer_rank", "national_rank", "standard")),
    ],
)
def test_codes_have_words_in_both_languages(function, codes):
    for code in codes:
        indonesian, english = both(function, code)
        assert indonesian
        assert indonesian != english


def test_every_role_of_every_logic_has_a_name():
    roles = {role for logic in LOGICS.values() for role in (logic.giver, logic.receiver)}
    assert roles <= set(terms.ROLE_NAMES)
    for role in roles:
        indonesian, english = both(messages.role_name, role)
        assert indonesian != english


def test_every_answer_to_a_test_of_law_is_explained():
    answers = rules.mandatory_tests(
        next(iter(reference.catalogue().values())), contiguous=True, cheaper=None
    )
    for test in answers:
        for answer in (True, False, None):
            indonesian, english = both(messages.test_text, test, answer)
            assert indonesian != english


def test_every_object_of_the_pack_can_be_named_in_law():
    for item in reference.catalogue().values():
        for code in rules.families(item):
            assert code in terms.FAMILIES
        for field in item.defaults:
            assert field in terms.DEFAULT_NAMES or field.endswith("_en")


@pytest.mark.parametrize(
    ("field", "value", "meant"),
    [
        ("regions", "6371", "63.71 Kota Banjarmasin"),
        ("wilayah", "Palangkaraya", "62.71 Kota Palangka Raya"),
        ("objek", "TPA_REGONAL", "TPA_REGIONAL TPA/TPST regional"),
        ("urusan", "kesehatan", "1.02 Kesehatan"),
    ],
)
def test_an_unknown_code_brings_what_could_have_been_meant(db, field, value, meant):
    with translation.override("id"):
        text = messages.message(SettingsError(field, value, "unknown_code"))
    assert meant in text
    assert value in text


def test_what_resembles_nothing_brings_no_suggestion(db):
    with translation.override("en"):
        text = messages.message(SettingsError("objects", "", "unknown_code"))
    assert "Did you mean" not in text


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("bobot_need", "Bobot Kebutuhan"),
        ("weights.gain", "Bobot Manfaat bersama"),
        ("anggota", "Ukuran kelompok"),
        ("jarak", "Jarak terjauh (km)"),
        (
            "indicator_weights.TPA_REGIONAL.need:density",
            "Bobot indikator TPA_REGIONAL.need:density",
        ),
        ("something_new", "something_new"),
    ],
)
def test_fields_are_named_as_the_reader_knows_them(field, said):
    with translation.override("id"):
        assert errors.field_name(field) == said


def test_a_long_value_is_cut_and_a_code_without_words_still_says_something():
    text = messages.message(SettingsError("top", "9" * 500, "invented_later"))
    assert len(text) < 200
    assert "…" in text


def test_codes_without_words_are_shown_as_they_are():
    assert messages.veto_text("new") == "new"
    assert messages.logic_name("NEW") == "NEW"
    assert messages.logic_text("NEW") == ""
    assert messages.families_text("KSDD|NEW").endswith("; NEW")
