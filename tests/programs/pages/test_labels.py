"""Judging pairs of lines: the page, its answers, what may be read, and what is learned."""

import csv
import io
import json

import pytest
from django.test import Client

from sinergi.accounts.models import AuditRecord
from sinergi.programs import similarity
from sinergi.programs.models import PairAnswer, PairLabel
from sinergi.programs.personal import pairs_judged
from sinergi.programs.queries import labels
from sinergi.programs.views.label_words import pieces
from tests.people import asks, person, signed_in
from tests.people import organisation as another
from tests.programs.making import a_line, a_plan, a_version, office, public

pytestmark = pytest.mark.django_db
PAGE = "/sinkronisasi/pelabelan/"


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Numbers of rows begin anew with each test, so what is remembered by them must not outlive one."""
    labels._compared.cache_clear()
    similarity._calibration.cache_clear()


@pytest.fixture
def lines(db):
    """Two plans of an office with a line each that may be the same work, and one that is not."""
    budget, works = (a_version(a_plan(title=title)) for title in ("APBD 2025", "RUP 2025"))
    place = {"agency": "Dinas PUTR", "place": "Desa Bojong"}
    return (
        a_line(budget, "Pembangunan jembatan Citarum", **place),
        a_line(works, "Pemb. jembatan Citarum", **place),
        a_line(works, "Pengadaan mebel sekolah", agency="Dinas Pendidikan"),
    )


@pytest.fixture
def analyst(client: Client) -> Client:
    return signed_in(client, person("Ani", ("analyst", office())))


def text(response) -> str:
    return response.content.decode()


def shown(response) -> dict[str, str]:
    """What the form of the page would send, without an answer."""
    asked = response.context["asked"]
    return {"a": asked.a["id"], "b": asked.b["id"], "seen": asked.key}


def answer(client, value="same", **changed):
    page = client.get(PAGE)
    return client.post(PAGE, {**shown(page), "answer": value, **changed})


def test_the_pair_that_is_alike_is_asked_about(analyst, lines):
    page = analyst.get(PAGE)
    assert {page.context["asked"].a["id"], page.context["asked"].b["id"]} == {
        lines[0].pk,
        lines[1].pk,
    }
    assert "Pembangunan" in text(page)
    assert all(f'value="{value}"' in text(page) for value in PairAnswer.values)


def test_lines_that_name_no_certain_work_are_not_asked_about(analyst, lines):
    for one in lines[:2]:
        one.title, one.activity = "Penyediaan bahan bacaan", "Penyediaan bahan bacaan"
        one.revision += 1
        one.save()
    assert analyst.get(PAGE).context["asked"] is None


def test_an_answer_is_kept_with_the_lines_as_they_were(analyst, lines):
    assert answer(analyst).status_code == 302
    kept = PairLabel.objects.get()
    lines[0].title = "Something else"
    lines[0].save()
    assert kept.answer == "same"
    assert {kept.a["title"], kept.b["title"]} == {
        "Pembangunan jembatan Citarum",
        "Pemb. jembatan Citarum",
    }
    assert kept.evidence["text"] > 0.8
    assert kept.evidence["veto"] == ""


def test_an_answer_is_in_the_trail_without_what_the_lines_say(analyst, lines):
    answer(analyst, "related")
    deed = AuditRecord.objects.get(verb="pair_labelled")
    assert json.loads(deed.after) == {"answer": "related"}
    assert "Citarum" not in str(vars(deed))


def test_a_judged_pair_is_not_asked_again(analyst, lines):
    answer(analyst)
    assert analyst.get(PAGE).context["asked"] is None


def test_an_answer_taken_back_is_asked_again(analyst, lines):
    answer(analyst)
    kept = PairLabel.objects.get()
    assert analyst.post(f"{PAGE}{kept.pk}/batal/").status_code == 302
    kept.refresh_from_db()
    assert kept.undone_at
    assert analyst.get(PAGE).context["asked"] is not None
    assert AuditRecord.objects.filter(verb="undone", kind="pair_label").exists()


def test_an_answer_is_taken_back_once(analyst, lines):
    answer(analyst)
    address = f"{PAGE}{PairLabel.objects.get().pk}/batal/"
    analyst.post(address)
    assert analyst.post(address).status_code == 404


def test_nobody_takes_back_what_another_person_said(analyst, lines):
    answer(analyst)
    colleague = signed_in(Client(), person("Budi", ("analyst", office())))
    assert colleague.post(f"{PAGE}{PairLabel.objects.get().pk}/batal/").status_code == 404


def test_a_line_that_changed_since_it_was_shown_is_told(analyst, lines):
    page = analyst.get(PAGE)
    lines[0].title = "Pembangunan jembatan Citarum baru"
    lines[0].revision += 1
    lines[0].save()
    told = analyst.post(PAGE, {**shown(page), "answer": "same"})
    assert told.status_code == 409
    assert not PairLabel.objects.exists()


def test_two_of_one_organisation_do_not_judge_a_pair_twice(analyst, lines):
    page = analyst.get(PAGE)
    answer(signed_in(Client(), person("Budi", ("analyst", office()))))
    told = analyst.post(PAGE, {**shown(page), "answer": "different"})
    assert told.status_code == 409
    assert PairLabel.objects.get().answer == "same"


@pytest.mark.parametrize(
    "changed", [{"answer": "perhaps"}, {"answer": ""}, {"seen": "x"}, {"a": "one"}]
)
def test_what_is_not_an_answer_is_told_on_the_page(analyst, lines, changed):
    page = analyst.get(PAGE)
    told = analyst.post(PAGE, {**shown(page), "answer": "same", **changed})
    assert told.status_code == 422
    assert 'role="alert"' in text(told)
    assert not PairLabel.objects.exists()


def test_a_pair_that_is_plainly_different_cannot_be_judged(analyst, lines):
    told = answer(analyst, a=lines[0].pk, b=lines[2].pk)
    assert told.status_code == 404


def test_lines_of_plans_that_may_not_be_read_are_neither_asked_about_nor_judged(lines, client):
    page = signed_in(Client(), person("Ani", ("analyst", office()))).get(PAGE)
    far = signed_in(client, person("Jauh", ("analyst", another("kota-jauh"))))
    assert far.get(PAGE).context["asked"] is None
    assert far.post(PAGE, {**shown(page), "answer": "same"}).status_code == 404


def test_public_plans_are_asked_about_too(client, lines):
    for one in lines[:2]:
        public(one.version.plan)
    far = signed_in(client, person("Jauh", ("analyst", another("kota-jauh"))))
    assert far.get(PAGE).context["asked"] is not None


@pytest.mark.parametrize("role", [None, "viewer"])
def test_only_who_may_edit_can_judge(client, lines, role):
    if role:
        signed_in(client, person("Ani", (role, office())))
    assert client.get(PAGE).status_code in (302, 403)
    assert client.post(PAGE, {"answer": "same"}).status_code in (302, 403)


def test_an_organisation_that_is_not_ones_own_is_not_found(analyst, lines):
    assert analyst.get(PAGE, {"organisasi": another("kota-jauh").pk}).status_code == 404


def test_plans_of_the_address_are_the_ones_asked_about(analyst, lines):
    only = lines[0].version.plan.pk
    assert analyst.get(PAGE, {"rencana": only}).context["asked"] is None
    both = [line.version.plan.pk for line in lines[:2]]
    assert analyst.get(PAGE, {"rencana": both}).context["asked"] is not None


def test_own_answers_can_be_downloaded_and_hold_no_formula(analyst, lines):
    lines[0].title = "=cmd Pembangunan jembatan Citarum"
    lines[0].revision += 1
    lines[0].save()
    answer(analyst)
    table = list(csv.DictReader(io.StringIO(text(analyst.get("/sinkronisasi/pelabelan.csv")))))
    assert [row["answer"] for row in table] == ["same"]
    assert any(value.startswith("'=cmd") for value in table[0].values())


def test_with_few_answers_the_page_says_that_nothing_can_be_told(analyst, lines):
    answer(analyst)
    assert analyst.get(f"/en{PAGE}").context["told"].own == []
    assert "Too few to tell" in text(analyst.get(f"/en{PAGE}"))


def test_the_indonesian_page_counts_answers_in_indonesian(analyst, lines):
    answer(analyst)
    page = text(analyst.get(PAGE))
    assert "1 jawaban; yang terakhir ditampilkan." in page
    assert "Organisasi Anda memberikan 1 jawaban yang dihitung" in page


def test_words_that_stand_for_each_other_are_not_marked():
    told = pieces("Pemb. jembatan Citarum", "Pembangunan jembatan Cikapundung")
    assert [piece.text for piece in told if piece.differs] == ["Citarum"]
    assert "".join(piece.text for piece in told) == "Pemb. jembatan Citarum"


def test_what_lines_said_is_not_shown_after_their_plans_may_no_longer_be_read(analyst, lines):
    answer(analyst)
    kept = PairLabel.objects.get()
    assert kept.plans == sorted({one.version.plan_id for one in lines})
    plan = lines[0].version.plan
    plan.organisation = another("kota-jauh")
    plan.save()
    page, file = text(analyst.get(PAGE)), text(analyst.get("/sinkronisasi/pelabelan.csv"))
    assert "Pembangunan jembatan Citarum" not in page
    assert "Citarum" not in file
    assert "same" in file
    told = pairs_judged(asks(kept.person), kept.person)
    assert [(one["answer"], "a" in one) for one in told] == [("same", False)]
    public(plan)
    assert "Pembangunan jembatan Citarum" in text(analyst.get("/sinkronisasi/pelabelan.csv"))
    assert "a" in pairs_judged(asks(kept.person), kept.person)[0]
