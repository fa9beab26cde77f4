"""A decision on a finding that vanished meanwhile: nothing is kept, and nothing that was written is lost."""

import pytest

from sinergi.accounts.models import Person
from sinergi.programs.actions import sync
from sinergi.programs.models import FindingDecision, PlanLine
from sinergi.programs.views import sync_findings
from tests.people import asks, person, signed_in
from tests.programs.making import public
from tests.programs.sync.playing import same_bridge

pytestmark = pytest.mark.django_db
SENT = {
    "outcome": "accept",
    "text": "Digabung <dulu>\ndalam RKPD",
    "who": "Bappeda",
    "due": "2026-03-01",
}


@pytest.fixture
def shown(client):
    """Somebody, a run, a finding, and what the form on its page would send."""
    by, run, found = same_bridge()
    client.force_login(Person.objects.get(pk=by.person_id))
    page = client.get(found.get_absolute_url())
    form = page.context["form"]
    sent = {
        **SENT, "seen": form["seen"].value(), "said": form["said"].value(),
        "tentang": page.context["about"],
    }  # fmt: skip
    assert f'name="tentang" value="{sent["tentang"]}"' in page.content.decode()
    return by, run, found, sent


def changed(by, run, **values):
    """The run computed again after the second bridge was changed."""
    PlanLine.objects.filter(pk=PlanLine.objects.order_by("pk").last().pk).update(**values)
    sync.run_again(by, run.pk)
    assert not run.findings.filter(rule="same_across").exists()


@pytest.mark.parametrize(
    ("language", "heading", "told", "none"),
    [
        (
            "/en",
            "The finding is no longer there",
            "The decision was not kept",
            "None: nothing that",
        ),
        ("", "Temuan ini sudah tidak ada", "Keputusan tidak disimpan", "Tidak ada: "),
    ],
    ids=["en", "id"],
)
def test_the_text_stays_on_the_page_that_says_so(client, shown, language, heading, told, none):
    by, run, found, sent = shown
    changed(by, run, title="Rehabilitasi Puskesmas", place="", code="")
    leads_on = f'href="{language}{run.get_absolute_url()}"'
    answer = client.post(f"{language}{found.get_absolute_url()}", sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert all(text in page for text in (heading, told, none))
    assert "Digabung &lt;dulu&gt;\ndalam RKPD</textarea>" in page.replace("\r\n", "\n")
    assert "Bappeda" in page
    assert leads_on in page
    assert not FindingDecision.objects.exists()


def test_what_was_written_is_taken_along_to_a_finding_about_the_same_lines(client, shown):
    by, run, now, sent = shown
    PlanLine.objects.filter(version__in=run.compared.values("version")).update(target=60, unit="m")
    last = PlanLine.objects.order_by("pk").last()
    PlanLine.objects.filter(pk=last.pk).update(unit="unit")
    sync.run_again(by, run.pk)
    found = run.findings.get(rule="units_differ")
    PlanLine.objects.filter(pk=last.pk).update(unit="m")
    sync.run_again(by, run.pk)
    gone = client.post(found.get_absolute_url(), sent)
    assert gone.status_code == 409
    assert [one.row for one in gone.context["findings"]] == [now]
    there = client.post(now.get_absolute_url(), dict(gone.context["sent"]))
    assert there.status_code == 409
    form = there.context["form"]
    assert (form["text"].value(), form["who"].value()) == (SENT["text"], SENT["who"])
    assert not FindingDecision.objects.exists()
    again = {**SENT, "seen": form["seen"].value(), "said": form["said"].value()}
    assert client.post(now.get_absolute_url(), again).status_code == 302
    assert FindingDecision.objects.get().finding == now


def test_shares_that_were_written_stay_with_the_names_of_their_regions(client, shown):
    by, run, found, sent = shown
    changed(by, run, title="Rehabilitasi Puskesmas", place="", code="")
    sent |= {"outcome": "share", "cost": "1 miliar", "bagian_32.04": "600 juta", "bagian_32.73": ""}
    told = client.post(f"/en{found.get_absolute_url()}", sent).context["written"]
    assert ("Share of Kabupaten Bandung", "600 juta") in told
    assert ("Cost that is shared, in rupiah", "1 miliar") in told
    assert not [label for label, _text in told if "Kota Bandung" in label]


def test_a_finding_that_vanishes_while_it_is_decided_on_loses_no_text(client, shown, monkeypatch):
    by, run, found, sent = shown
    decide = sync_findings.decide

    def late(*given, **more):
        changed(by, run, title="Rehabilitasi Puskesmas", place="", code="")
        return decide(*given, **more)

    monkeypatch.setattr(sync_findings, "decide", late)
    answer = client.post(found.get_absolute_url(), sent)
    assert answer.status_code == 409
    assert answer.context["text"] == SENT["text"]


def test_what_cannot_be_read_is_left_out_and_who_may_not_decide_learns_nothing(client, shown):
    by, run, found, sent = shown
    changed(by, run, title="Rehabilitasi Puskesmas", place="", code="")
    odd = {**sent, "outcome": "x", "tentang": "x' y"}
    assert client.post(found.get_absolute_url(), odd).context["written"] == []
    for one in (run, *(row.version.plan for row in run.compared.all())):
        public(one)
    other = person("Budi", ("viewer", run.organisation))
    assert not asks(other).operator
    answer = signed_in(client, other).post(found.get_absolute_url(), sent)
    assert answer.status_code == 404
    assert "Digabung" not in answer.content.decode()
