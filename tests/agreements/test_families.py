"""Which family partners and object make; the order of the parties and what is unknown change nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.agreements import families
from sinergi.agreements.families import Side
from sinergi.agreements.queries.parties import borders, propose, side
from sinergi.reference import queries as reference

KINDS = ("PEMDA", "K_L", "PIHAK_KETIGA", "PEMDA_LN", "LEMBAGA_LN")
CODES = (
    "63",
    "62",
    "64",
    "63.71",
    "63.72",
    "63.03",
    "62.71",
    "31.71",
    "64.72",
    "91.01",
    "99.99",
    "",
)
OBJECTS = ("", "TPA_REGIONAL", "SPAM_REGIONAL", "VOKASI_SMK", "STUNTING", "NO_SUCH_OBJECT")
ANSWERS = ("", "yes", "no")


def regions(*codes: str) -> list[Side]:
    return [side(code, "PEMDA", code) for code in codes]


def partner(kind: str) -> Side:
    return side(kind, kind)


@st.composite
def sides(draw):
    told = draw(
        st.lists(
            st.tuples(*map(st.sampled_from, (KINDS, CODES, ANSWERS, ANSWERS))),
            min_size=0,
            max_size=6,
        )
    )
    return [
        side(str(n), kind, code if kind == "PEMDA" else "", burdens_people=a, in_budget=b)
        for n, (kind, code, a, b) in enumerate(told)
    ]


@given(
    sides(),
    st.randoms(),
    st.sampled_from(OBJECTS),
    st.sampled_from(("", "affair", "procurement", "exchange")),
)
def test_the_order_of_the_parties_changes_nothing(there, random, code, kind):
    mixed = list(there)
    random.shuffle(mixed)
    a, b = propose(there, code, kind), propose(mixed, code, kind)
    assert (a.family, a.geography, a.question, a.required, a.nobody) == (
        b.family,
        b.geography,
        b.question,
        b.required,
        b.nobody,
    )
    assert set(a.outside) == set(b.outside)
    assert dict(a.needs) == dict(b.needs)
    assert set(a.administrative) == set(b.administrative)


@pytest.mark.parametrize(
    ("others", "kind", "family"),
    [
        (["PEMDA"], "affair", "KSDD"),
        (["PIHAK_KETIGA"], "public_service", "KSDPK"),
        (["PEMDA_LN"], "exchange", "KSDPL"),
        (["LEMBAGA_LN"], "exchange", "KSDLL"),
        (["K_L"], "affair", "SINERGI"),
    ],
)
def test_every_family_is_reached_by_a_rule_that_says_so(others, kind, family):
    found = propose([*regions("63.71"), *map(partner, others)], "", kind).family
    assert (found.code, found.certain, found.other_way) == (family, True, "")
    assert found.rule.family == family


@pytest.mark.parametrize(
    ("other", "kind", "way"),
    [
        ("PIHAK_KETIGA", "procurement", "PBJ"),
        ("PIHAK_KETIGA", "infrastructure", "KPBU"),
        ("PIHAK_KETIGA", "asset_use", "PEMANFAATAN_BMD"),
        ("PIHAK_KETIGA", "investment", "INVESTASI"),
        ("PEMDA", "loan", "PINJAM_PAKAI_BMD"),
        ("K_L", "loan", "PINJAM_PAKAI_BMD_BMN"),
    ],
)
def test_what_is_no_cooperation_of_regions_is_told(other, kind, way):
    there = [*regions("63.71"), *(regions("63.72") if other == "PEMDA" else [partner(other)])]
    found = propose(there, "", kind).family
    assert found.other_way == way
    assert way in reference.agreement_terms("other_way")


def test_a_kind_of_object_that_nobody_said_never_says_that_it_is_no_cooperation():
    found = propose([*regions("63.71"), partner("PIHAK_KETIGA")]).family
    assert (found.code, found.certain, found.other_way) == ("KSDPK", False, "")
    assert "object_kind_open" in found.notes


def test_a_pair_that_the_table_does_not_name_is_proposed_and_told_unsure():
    found = propose([*regions("63.71"), partner("PIHAK_KETIGA")], "", "affair").family
    assert (found.code, found.certain) == ("KSDPK", False)
    assert "not_in_table" in found.notes


def test_nobody_makes_no_family():
    assert propose([]).family == families.Family()


def test_of_partners_of_several_kinds_those_abroad_decide():
    there = [*regions("63.71", "63.72"), partner("K_L"), partner("PEMDA_LN")]
    found = propose(there, "", "exchange").family
    assert found.code == "KSDPL"
    assert {"mixed_partners", "regions_among"} <= set(found.notes)


@pytest.mark.parametrize(
    ("codes", "note"), [(["63.71"], "one_party"), ([], "no_region")], ids=["alone", "without"]
)
def test_who_is_missing_is_noted(codes, note):
    there = regions(*codes) or [partner("PIHAK_KETIGA"), partner("K_L")]
    assert note in propose(there).family.notes


def test_an_object_that_takes_another_family_is_noted():
    found = propose(regions("63.71", "63.72"), "BEASISWA_KAMPUS", "affair").family
    assert "object_of_other_family" in found.notes


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        (["63.03", "63.71"], "a"),
        (["63.71", "63.72"], ""),
        (["63.03", "63.71", "63.72"], "a"),
        (["62", "63"], "c"),
        (["63", "63.71"], "d"),
        (["63", "63.03", "63.71", "63.72"], "d"),
        (["62", "63.71"], ""),
        (["63.71", "99.99"], ""),
        (["63.71"], ""),
        (["63.71", "91.01"], ""),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, list) else value or "none",
)
def test_the_geographic_type_follows_from_where_regions_lie(codes, kind):
    assert propose(regions(*codes)).geography == kind


def test_regencies_over_the_border_of_a_province_are_of_type_b():
    near = borders()
    pair = next(
        (a, b)
        for a, others in sorted(near.items())
        for b in sorted(others)
        if "." in a and a[:2] != b[:2]
    )
    assert propose(regions(*pair)).geography == "b"


def test_the_geographic_type_is_asked_for_cooperation_between_regions_only():
    found = propose([*regions("63.71", "63.72"), partner("K_L")], "", "affair")
    assert (found.geography, found.question) == ("", None)


def test_regions_that_do_not_border_on_each_other_speak_against_mandatory():
    question = propose(regions("63.71", "64.72")).question
    assert question.tests["adjacency"] == "no"
    assert not question.possible


def test_whether_it_is_mandatory_stays_open_until_people_have_said_the_rest():
    question = propose(regions("63.03", "63.71"), "TPA_REGIONAL").question
    assert question.tests["adjacency"] == "yes"
    assert question.open == ("externality", "cheaper")
    assert question.possible
    assert not question.candidate


def test_it_is_a_candidate_when_all_three_tests_hold():
    there = regions("63.03", "63.71")
    question = propose(there, "TPA_REGIONAL", externality="yes", cheaper="yes").question
    assert question.candidate
    assert question.open == ()


@given(sides(), st.sampled_from(OBJECTS))
def test_what_is_unknown_never_becomes_no(there, code):
    known = [one for one in there if one.is_region]
    question = propose(there, code).question
    if question is None:
        return
    assert question.tests["externality"] == question.tests["cheaper"] == ""
    if any(not one.level for one in known):
        assert question.tests["adjacency"] == ""


@pytest.mark.parametrize(
    ("kind", "who"),
    [("a", "governor"), ("b", "centre"), ("c", "centre"), ("d", ""), ("", "")],
    ids=["a", "b", "c", "d", "none"],
)
def test_who_takes_over_is_told_where_it_is_known(kind, who):
    assert families.takeover(kind) == who
    assert not who or who in reference.agreement_terms("takeover")


def test_regions_in_a_row_hang_together_and_islands_do_not():
    near = {"a": {"b"}, "b": {"a", "c"}, "c": {"b"}, "d": set()}
    assert families.hangs_together(["a", "b", "c"], near)
    assert not families.hangs_together(["a", "c"], near)
    assert not families.hangs_together(["a", "b", "d"], near)
    assert families.hangs_together([], near)
