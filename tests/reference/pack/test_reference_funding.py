"""What channels ask for, where their money comes from, and words of physical work, as the pack says them."""

import shutil
from pathlib import Path

import pytest

from sinergi.reference.pack import load_pack, read_pack

SHIPPED = Path("src/sinergi/reference/indonesia")


@pytest.fixture(scope="module")
def indonesia():
    return load_pack(SHIPPED)


def test_every_channel_says_where_its_money_comes_from(indonesia):
    channels = {channel.code for channel in indonesia.funding_channels}
    assert {one.channel for one in indonesia.funding_origins} == channels


def test_every_rule_has_a_source_and_says_how_it_is_known(indonesia):
    assert all(rule.source and rule.provenance for rule in indonesia.funding_rules)


def test_which_channels_go_together_is_an_expert_default(indonesia):
    combines = [rule for rule in indonesia.funding_rules if rule.kind == "combines"]
    assert combines
    assert all(rule.default for rule in combines)


def test_the_only_ceiling_that_is_known_is_that_of_loans(indonesia):
    ceilings = [rule for rule in indonesia.funding_rules if rule.kind == "ceiling"]
    assert [(rule.channel, rule.share, rule.amount) for rule in ceilings] == [
        ("PINJAMAN", "0.75", None)
    ]


def test_special_allocations_are_proposed_from_february_to_may(indonesia):
    windows = [rule for rule in indonesia.funding_rules if rule.kind == "window"]
    assert [(rule.channel, rule.month_from, rule.month_to) for rule in windows] == [
        ("DAK_FISIK", 2, 5)
    ]
    assert windows[0].provenance == "knowledge; verify"


def changed(tmp_path, file, old, new):
    folder = tmp_path / "pack"
    shutil.copytree(SHIPPED, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return [(one.file, one.field, one.message_code) for one in read_pack(folder)[1].found]


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "code"),
    [
        (
            "funding_rules.csv",
            "DAK_FISIK,every,menu",
            "DAK_X,every,menu",
            "channel",
            "unknown_code",
        ),
        (
            "funding_rules.csv",
            ",every,window,,2,5",
            ",every,window,,2,13",
            "month_to",
            "out_of_range",
        ),
        ("funding_rules.csv", ",readiness,land,", ",readiness,sea,", "value", "not_one_of"),
        ("funding_rules.csv", ",menu,yes,", ",menus,yes,", "kind", "not_one_of"),
        (
            "funding_rules.csv",
            "lahan siap,land is ready",
            "lahan siap,",
            "text_en",
            "one_language_only",
        ),
        ("funding_rules.csv", "APBD_PROV|APBD_KABKOTA|DAU_BG|DBH", "APBX", "value", "unknown_code"),
        ("funding_rules.csv", ",0.75,", ",75,", "share", "out_of_range"),
        ("funding_origins.csv", "DEKON,nation", "DEKON,moon", "origin", "not_one_of"),
        ("funding_origins.csv", "DEKON,nation", "DEXON,nation", "channel", "unknown_code"),
        ("work_words.csv", "pembangunan,yes", "pembangunan,perhaps", "physical", "not_one_of"),
        ("channel_aliases.csv", "BLUD,BUMD_BLUD", "BLUD,BLUX", "channels", "unknown_code"),
        ("channel_aliases.csv", "TP,TP,yes", "TP,TP,perhaps", "certain", "not_one_of"),
    ],
)
def test_a_mistake_is_told_with_its_field(tmp_path, file, old, new, field, code):
    assert changed(tmp_path, file, old, new) == [(file, field, code)]
