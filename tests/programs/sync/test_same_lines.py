"""Decisions on several findings about the same lines, what makes sense on which, and what the record says."""

from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Person
from sinergi.programs.actions.sync_decisions import Decision, allowed, decide
from sinergi.programs.documents import record
from sinergi.programs.models import Finding, Outcome
from sinergi.programs.queries import sync as queries
from sinergi.programs.queries.sync_same_lines import opposed
from tests.programs.making import office, planner
from tests.programs.sync.playing import BANDUNG, CITY, a_run, line, neighbours
from tests.programs.sync.scenes import bought, one_plan

pytestmark = pytest.mark.django_db
SPLIT = Decision(
    Outcome.SHARE, cost=Decimal(1000), per_cent=True, shares={BANDUNG: Decimal(60), CITY: Decimal(40)}
)  # fmt: skip


@pytest.fixture
def two():
    """Somebody, and two findings about one bridge: the same work, and its units."""
    owner = office()
    by = planner(owner, "approver")
    one, other = neighbours(owner)
    line(one, unit="m", target=60)
    line(other, unit="unit", target=1)
    run = a_run(by, owner, (one, other))
    return by, run, run.findings.get(rule="same_across"), run.findings.get(rule="units_differ")


def merged(found):
    """That the first line of a finding stays."""
    return Decision(Outcome.MERGE, stays=str(found.lines.first().identity))


def test_a_contradicting_decision_about_the_same_lines_asks_to_be_confirmed(two):
    by, run, same, units = two
    decide(by, run.pk, same.pk, merged(same))
    with pytest.raises(InvalidError) as refused:
        decide(by, run.pk, units.pk, SPLIT)
    assert set(refused.value.fields) == {"anyway"}
    assert same.lines.first().said["title"] in refused.value.fields["anyway"]
    decide(by, run.pk, same.pk, Decision(Outcome.REOPEN))
    decide(by, run.pk, units.pk, SPLIT)


def test_the_page_tells_the_other_decision_and_offers_to_keep_both(client, two):
    by, run, same, units = two
    decide(by, run.pk, same.pk, merged(same))
    client.force_login(Person.objects.get(pk=by.person_id))
    address = units.get_absolute_url()
    assert same.get_absolute_url() in client.get(address).content.decode()
    sent = {"outcome": "share", "cost": "1000", "per_cent": "on", f"bagian_{BANDUNG}": "60",
            f"bagian_{CITY}": "40"}  # fmt: skip
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert 'name="anyway"' in answer.content.decode()
    assert client.post(address, {**sent, "anyway": "on"}).status_code == 302
    told = record.values(by, run)["all"]
    assert [one["number"] for one in told] == [1, 2]
    assert "bertentangan dengan keputusan atas nomor 2" in told[0]["decision"]
    assert "bertentangan dengan keputusan atas nomor 1" in told[1]["decision"]
    assert "60% (Rp 600)" in told[1]["decision"]


@pytest.mark.parametrize(
    ("one", "other", "against"),
    [
        (("duplicate", "merge", {"stays": "a"}), ("overlap", "share", {"shares": {"a": "1"}}), True),
        (("duplicate", "merge", {"stays": "a"}), ("overlap", "merge", {"stays": "b"}), True),
        (("duplicate", "merge", {"stays": "a"}), ("overlap", "merge", {"stays": "a"}), False),
        (("duplicate", "merge", {"stays": "a"}), ("overlap", "dismiss", {}), True),
        (("duplicate", "merge", {"stays": "a"}), ("conflict", "dismiss", {}), False),
        (("duplicate", "merge", {"stays": "a"}), ("overlap", "retime", {"years": [1, 2]}), False),
        (("gap", "retime", {"years": [1, 1]}), ("conflict", "retime", {"years": [1, 2]}), True),
        (("duplicate", "share", {"shares": {"a": "60", "b": "40"}, "per_cent": True, "cost": "10"}),
         ("overlap", "share", {"shares": {"a": "6", "b": "4"}, "per_cent": False, "cost": "10"}), False),
        (("duplicate", "accept", {}), ("overlap", "merge", {"stays": "a"}), False),
    ],
    ids=["merge_share", "other_stays", "same_stays", "dismissed", "dismissed_conflict", "years_beside",
         "other_years", "same_split", "accepted"],
)  # fmt: skip
def test_which_decisions_contradict_each_other(one, other, against):
    assert opposed(one, other) is opposed(other, one) is against


def test_costs_are_shared_by_two_governments_and_lines_merged_where_they_are_one_work(two):
    _by, _run, same, units = two
    assert set(allowed(same)) == set(Outcome)
    assert Outcome.SHARE in allowed(units)
    assert Outcome.MERGE not in allowed(units)
    owner = office()
    by = planner(owner)
    a_run(by, owner, one_plan(owner))
    a_run(by, owner, bought(owner))
    plain = {Outcome.ACCEPT, Outcome.DISMISS, Outcome.REOPEN}
    for rule, more in {
        "same_in_plan": {Outcome.MERGE, Outcome.RETIME},
        "repeated": {Outcome.MERGE},
        "repeated_small": set(),
        "design_after_build": {Outcome.RETIME},
        "package_over_line": set(),
        "agency_without_budget": set(),
    }.items():
        assert set(allowed(Finding.objects.filter(rule=rule).get())) == plain | more, rule


def test_a_record_of_decided_findings_leaves_out_the_others_and_says_so(client, two):
    by, run, same, _units = two
    empty = record.values(by, run, decided_only=True)
    assert empty["words"]["none"] == "Belum ada yang diputuskan."
    decide(by, run.pk, same.pk, merged(same))
    told = record.values(by, queries.get_run(by, run.pk), decided_only=True)
    assert [one["rule"] for one in told["all"]] == ["Pekerjaan yang sama dalam beberapa rencana"]
    assert told["all"][0]["decision"].startswith("digabungkan; Tetap: ")
    assert told["left"] == ["1 temuan yang belum diputuskan tidak dimuat."]
    client.force_login(Person.objects.get(pk=by.person_id))
    answer = client.get(f"/sinkronisasi/{run.pk}/berita-acara.docx?keadaan=decided")
    text = "\n".join(one.text for one in Document(BytesIO(answer.content)).paragraphs)
    assert told["left"][0] in text


def test_the_signatures_stay_with_the_last_row_of_findings(two):
    by, run, _same, _units = two
    document = Document(BytesIO(record.word(record.values(by, run))))
    *_before, findings, signatures = document.tables
    last = findings.rows[-1].cells[0].paragraphs
    assert all(one.paragraph_format.keep_with_next for one in last)
    between = [*signatures._tbl.itersiblings(qn("w:p"), qn("w:tbl"), preceding=True)]
    between = [Paragraph(one, document) for one in between[: between.index(findings._tbl)]]
    assert between[0].text == "Yang menandatangani:"
    assert len(between) == 3
    assert all(one.paragraph_format.keep_with_next for one in between)
    assert run.compared.get(version__plan__title=document.paragraphs[-1].text.split(" · ")[0])
    assert not findings.rows[0].cells[0].paragraphs[0].paragraph_format.keep_with_next
