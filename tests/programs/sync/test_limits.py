"""Limits of channels in findings: with the source that the page of funding tells, too."""

import io
import zipfile
from dataclasses import replace

import pytest
from django.utils import translation

from sinergi.accounts.models import Person
from sinergi.programs.exports.sync import export_record
from sinergi.programs.funding.words import provenance
from sinergi.programs.synchronise import limits, telling
from sinergi.reference.catalogue import FundingRule
from sinergi.reference.queries import funding_channels
from tests.programs.making import a_plan, a_version, office, planner
from tests.programs.sync.playing import BANDUNG, BILLION, a_run, line

pytestmark = pytest.mark.django_db
TOLD = "Where the rule is from: channels of the country pack; from knowledge; verify."


def refused():
    """Somebody and a run over a line that a regency pays from deconcentration."""
    owner = office()
    version = a_version(a_plan(owner, region_code=BANDUNG))
    line(
        version, "Bina toko desa", code="3.30.03.2.01.0001", amounts={(2025, "DEKON"): 2 * BILLION}
    )
    by = planner(owner, "approver")
    return by, a_run(by, owner, [version])


def test_page_and_record_tell_where_the_limit_is_from_and_it_is_only_to_settle(client):
    by, run = refused()
    found = run.findings.get(rule="channel_cannot_pay")
    assert (found.severity, found.facts["provenance"]) == (
        2, funding_channels()["DEKON"].provenance,
    )  # fmt: skip
    client.force_login(Person.objects.get(pk=by.person_id))
    assert TOLD in client.get(f"/en/sinkronisasi/{run.pk}/temuan/{found.pk}/").content.decode()
    with translation.override("id"):
        own = telling.told(found.rule, found.facts)
    assert "Asal aturan: " in own
    assert "pengetahuan" in own
    _name, record = export_record(by, run.pk, "xlsx", "en")
    assert TOLD.encode() in unpacked(record)


def test_a_finding_of_a_former_version_is_told_without_a_source():
    facts = {"channel": "DEKON", "why": "recipient", "level": "KABKOTA"}
    with translation.override("en"):
        assert telling.told("channel_cannot_pay", facts).endswith("this level cannot receive it.")


def test_what_is_taken_for_sourced_is_told_so():
    told = {
        one.provenance for one in funding_channels().values() if limits.is_sourced(one.provenance)
    }
    assert told
    with translation.override("en"):
        assert set(map(provenance, told)) == {"sourced"}


def test_rules_of_the_pack_take_the_place_of_what_a_channel_says(monkeypatch):
    empty = dict.fromkeys(("month_from", "month_to", "amount"))
    words = dict.fromkeys(("share", "text_id", "text_en"), "")
    rule = FundingRule("DEKON", None, "recipient", ("KABKOTA",), **empty, **words, source="Permen 1",
                       provenance="sourced")  # fmt: skip
    of_year = replace(rule, year=2026, values=("PUSAT",))
    bare = replace(rule, kind="physical", values=("both",))
    monkeypatch.setattr(limits, "funding_rules", lambda: (rule, of_year, bare))
    table = limits.limited_law().limits.filter(channel="DEKON")
    rows = {(row["why"], row["year"]): row for row in table.to_dicts()}
    assert rows["recipient", None]["allowed"] == ["KABKOTA"]
    assert (rows["recipient", 2026]["allowed"], rows["recipient", 2026]["sourced"]) == (
        ["PUSAT"],
        True,
    )
    assert rows["physical", None]["allowed"] == []
    assert (rows["affair", None]["source"], rows["affair", None]["sourced"]) == (
        limits.CHANNEL_TABLE,
        False,
    )


def unpacked(content):
    """All parts of a file that is a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return b"".join(held.read(name) for name in held.namelist())
