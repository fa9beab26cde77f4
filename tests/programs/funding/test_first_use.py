"""What somebody reads who asks for funding for the first time: routine work, slashes, plain sources."""

import re

import pytest
from django.test import Client
from django.utils.translation import override

from sinergi.accounts.models import Person
from sinergi.programs.funding import May, channels_for, physical_of
from sinergi.programs.funding.words import SOURCES, provenance, source_told
from sinergi.programs.queries.funding import facts_of
from sinergi.programs.queries.funding_plan import Narrowed, plan_funded
from sinergi.reference import queries as reference
from tests.people import signed_in
from tests.programs.making import a_line, a_plan, a_version, planner

PROPOSED = (
    "DAK_FISIK", "HIBAH_DAERAH", "INSENTIF_FISKAL", "BANKEU_PROV_KAB", "BANKEU_ANTAR_DAERAH", "PINJAMAN",
    "TJSL",
)  # fmt: skip
SALARY = "1.03.01.2.02.0001"


def answers(title: str, code: str):
    version = a_version(a_plan())
    one = {one.code: one for one in channels_for(facts_of(a_line(version, title, code=code)))}
    row = plan_funded(planner(), version.plan_id, Narrowed()).rows[0]
    assert {each.code: each.may for each in row.answers} == {c: a.may for c, a in one.items()}
    return one


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "code"),
    [("Gaji dan Tunjangan ASN", ""), ("Layanan kantor", SALARY), ("Gaji", SALARY)],
    ids=["words", "code", "both"],
)
def test_what_runs_an_office_is_no_proposal(title, code):
    told = answers(title, code)
    for channel in PROPOSED:
        assert told[channel].may is May.NO, channel
        reason = next(one for one in told[channel].reasons if one.code == "not_routine")
        assert "gaji" in reason.text_id
        assert reason.default
    own = {reason.code for reason in told["APBD_KABKOTA"].reasons}
    assert "not_routine" not in own


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "code"),
    [("Pembangunan gedung kantor", SALARY), ("Pembangunan jalan", "1.03.10.2.01.0004")],
    ids=["an office built", "a road"],
)
def test_what_is_built_is_no_routine(title, code):
    told = answers(title, code)
    assert not any("not_routine" in {r.code for r in told[one].reasons} for one in PROPOSED)
    assert told["TJSL"].may is May.DEPENDS


@pytest.mark.parametrize(
    ("title", "physical"),
    [
        ("Normalisasi/Restorasi Sungai", True),
        ("Koordinasi/sosialisasi program", False),
        ("Pembangunan dan/atau pengembangan aplikasi", False),
    ],
    ids=["river", "talk", "app"],
)
def test_a_phrase_before_a_slash_counts(title, physical):
    assert physical_of([title], reference.work_words()) is physical


INTERNAL = re.compile(r"knowledge|types?:|existence|domain brief|verified|\bArt\.|\bS\d\d\b|\bon\b")


def test_sources_are_told_in_the_words_of_the_reader():
    sources = {rule.source for rule in reference.funding_rules()} | set(SOURCES)
    with override("id"):
        told = {one: source_told(one) for one in sources}
        known = {provenance(rule.provenance) for rule in reference.funding_rules()}
    assert {one: text for one, text in told.items() if INTERNAL.search(text)} == {}
    assert not any(INTERNAL.search(text) for text in known)
    assert told["types: UU 1/2022 Art. 106"] == "UU 1/2022 Pasal 106"
    assert told["knowledge: PP 1/2024; thresholds to be verified"] == "PP 1/2024"


@pytest.mark.django_db
def test_an_outcome_is_said_once():
    by = planner()
    line = a_line(a_version(a_plan()))
    client = signed_in(Client(), Person.objects.get(pk=by.person_id))
    shown = client.get(f"/pendanaan/?baris={line.identity}").content.decode()
    item = next(one for one in shown.split("<li>") if "funding-verdict" in one)
    assert item.lower().count("masih perlu dibuktikan") <= 1
    assert "aria-hidden" not in item
