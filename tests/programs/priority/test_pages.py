"""Pages of rankings: what is shown, what is refused, what stays hidden."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from sinergi.accounts.models import Person
from sinergi.accounts.principal import Principal
from sinergi.programs.actions import judging
from sinergi.programs.actions import priority as actions
from sinergi.programs.models import PlanLine, Ranking, Weighting
from sinergi.programs.priority.rules import CriterionDetails, RankingDetails
from tests.people import signed_in, twice
from tests.programs.making import a_line, a_plan, a_version, office, planner, public, stranger
from tests.programs.priority.ranked import HUNDRED, a_ranking, filled, of_line

pytestmark = pytest.mark.django_db


def browser(by: Principal) -> Client:
    return signed_in(Client(), Person.objects.get(pk=by.person_id))


def page(by: Principal, ranking: Ranking, rest: str = "") -> str:
    answer = browser(by).get(f"/en/pemeringkatan/{ranking.pk}/{rest}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_ranking_is_begun_on_the_page_of_all() -> None:
    by = planner()
    client = browser(by)
    sent = {"title": "Prioritas", "top": 5, "coverage": 60, "organisation": office().pk}
    answer = client.post("/en/pemeringkatan/", sent)
    ranking = Ranking.objects.get()
    assert answer.headers["Location"] == f"/en/pemeringkatan/{ranking.pk}/"
    assert (ranking.top, ranking.least_coverage) == (5, 0.6)
    assert "Prioritas" in client.get("/en/pemeringkatan/").content.decode()


def test_typed_nonsense_is_told_at_its_field_and_kept() -> None:
    answer = browser(planner()).post("/en/pemeringkatan/", {"title": "", "top": "banyak"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "field-error" in text
    assert 'value="banyak"' in text


def test_the_second_of_two_who_change_a_ranking_sees_what_the_first_wrote() -> None:
    by = planner()
    ranking = a_ranking(by)
    address = f"/pemeringkatan/{ranking.pk}/ubah/"
    answer = twice(browser(by), address, {"coverage": 70}, {"title": "Lain"})
    assert [one.present for one in answer.context["met"]] == ["70"]
    assert Ranking.objects.get().least_coverage == 0.7


@pytest.mark.parametrize(
    ("part", "words"),
    [
        pytest.param("", "Jalan A", id="order"),
        pytest.param("?bagian=metode", "Kendall", id="methods"),
        pytest.param("?bagian=kepekaan", "The first place changes", id="sensitivity"),
        pytest.param("?bagian=pembalikan", "Turned an order round", id="reversals"),
        pytest.param("?bagian=banyak&urut=x&bobot=y&halaman=z", "Jalan A", id="nonsense"),
        pytest.param("?urut=electre", "ELECTRE III", id="another method"),
        pytest.param("kriteria/", "Kesiapan", id="criteria"),
        pytest.param("baris/", "Lines to compare", id="lines"),
        pytest.param("ubah/", "Prioritas 2026", id="details"),
        pytest.param("bobot/?cara=ahp", "Kesiapan compared with Manfaat", id="pairs"),
        pytest.param("bobot/?cara=swing", "worst on everything", id="swing"),
        pytest.param("bobot/?cara=direct", "Share out 100 points", id="direct"),
        pytest.param("bobot/?cara=equal", "All criteria weigh the same", id="equal"),
    ],
)
def test_every_part_has_its_page(part: str, words: str) -> None:
    by, ranking, lines = filled()
    judging.rate(by, ranking.pk, lines[0].pk, ranking.criteria.last().pk, value=70)
    assert words in page(by, ranking, part)


def test_the_page_says_what_is_not_known() -> None:
    by, ranking, _lines = filled()
    text = page(by, ranking)
    assert "Nobody has weighed the criteria yet" in text
    assert "These criteria have no value for any line." in text
    assert "Manfaat</a>: 5 lines – nobody has said it yet" in " ".join(text.split())
    assert "1 line has no rank" in text


def test_an_empty_ranking_leads_to_its_lines() -> None:
    by = planner()
    assert "Nothing to compare yet" in page(by, a_ranking(by))


def test_one_line_and_equal_values_are_told() -> None:
    by = planner()
    ranking = a_ranking(by)
    version = a_version(a_plan())
    line = a_line(version)
    actions.set_criterion(by, ranking.pk, CriterionDetails("Manfaat", **HUNDRED))
    actions.add_lines(by, ranking.pk, version.plan_id, [line.identity])
    number = ranking.alternatives.get().pk
    judging.rate(by, ranking.pk, number, ranking.criteria.get().pk, value=0)
    assert "There is one line only" in page(by, ranking)
    other = a_line(version)
    actions.add_lines(by, ranking.pk, version.plan_id, [other.identity])
    judging.rate(by, ranking.pk, ranking.alternatives.last().pk, ranking.criteria.get().pk, value=0)
    assert "All lines have the same value" in page(by, ranking)


def test_lines_that_a_reader_may_not_read_keep_only_their_place() -> None:
    by, ranking, _lines = filled()
    ranking.visibility = "public"
    ranking.save()
    plan = a_plan(office("terbuka"))
    open_line = a_line(a_version(public(plan)), "Jalan Terbuka", land="ready")
    actions.add_lines(by, ranking.pk, plan.pk, [open_line.identity])
    reader = stranger()
    for part in ("", "?bagian=metode", "?bagian=kepekaan", "?bagian=pembalikan"):
        text = page(reader, ranking, part)
        assert "Jalan A" not in text
        assert "Gedung D" not in text
    assert "not visible to you" in page(reader, ranking)
    assert "Jalan Terbuka" in page(reader, ranking)
    for kind in ("csv", "xlsx"):
        answer = browser(reader).get(f"/en/pemeringkatan/{ranking.pk}/berkas.{kind}")
        content = answer.content
        if kind == "xlsx":
            book = load_workbook(BytesIO(content))
            content = str([list(sheet.values) for sheet in book]).encode()
        assert b"Jalan Terbuka" in content
        assert b"Jalan A" not in content
    hidden = ranking.alternatives.exclude(plan=plan).first()
    answer = browser(reader).get(f"/en/pemeringkatan/{ranking.pk}/baris/{hidden.pk}/")
    assert answer.status_code == 404


def test_a_line_shows_what_its_score_is_made_of_and_takes_what_people_say() -> None:
    by, ranking, lines = filled()
    benefit = ranking.criteria.get(code="manfaat")
    address = f"/en/pemeringkatan/{ranking.pk}/baris/{lines[0].pk}/"
    client = browser(by)
    sent = {"kriteria": benefit.pk, f"k{benefit.pk}-value": "62.5", f"k{benefit.pk}-note": "Ramai"}
    assert client.post(address, sent).status_code == 302
    text = client.get(address).content.decode()
    assert "62.5" in text
    assert by.name in text
    assert "said by a person" in text
    wrong = client.post(address, {"kriteria": benefit.pk, f"k{benefit.pk}-value": "banyak"})
    assert wrong.status_code == 422
    assert 'value="banyak"' in wrong.content.decode()


def test_weights_are_kept_and_contradictions_named() -> None:
    by, ranking, _lines = filled()
    actions.set_criterion(by, ranking.pk, CriterionDetails("Adil", **HUNDRED))
    client, address = browser(by), f"/en/pemeringkatan/{ranking.pk}/bobot/"
    circle = {"kesiapan|manfaat": "5", "manfaat|adil": "5", "kesiapan|adil": "1/5"}
    checked = client.post(f"{address}periksa/", circle).content.decode()
    assert "contradictory" in checked
    assert "You said “Kesiapan” over “Manfaat”, “Manfaat” over “Adil”" in checked
    assert "These comparisons contradict the others most:" in checked
    assert "“Kesiapan” against “Manfaat”: you said 5, the others say 1/9" in checked
    assert not Weighting.objects.exists()
    assert client.post(address, {"cara": "ahp", **circle}).status_code == 302
    assert Weighting.objects.get().ratio > 0.1
    assert 'value="1/5" selected' in client.get(address).content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param({"cara": "ahp", "kesiapan|manfaat": "99"}, id="no step"),
        pytest.param({"cara": "ahp"}, id="nothing compared"),
        pytest.param({"cara": "direct", "b-kesiapan": "x", "b-manfaat": "1"}, id="no number"),
        pytest.param({"cara": "direct", "b-kesiapan": "0", "b-manfaat": "0"}, id="zeros"),
    ],
)
def test_weights_typed_wrong_are_refused_on_the_page(sent: dict[str, str]) -> None:
    by, ranking, _lines = filled()
    answer = browser(by).post(f"/en/pemeringkatan/{ranking.pk}/bobot/", sent)
    assert answer.status_code == 422
    assert not Weighting.objects.exists()


def test_nonsense_sent_to_the_check_is_read_as_nothing() -> None:
    by, ranking, _lines = filled()
    sent = {"kesiapan|manfaat": "DROP", "x": "1"}
    answer = browser(by).post(f"/en/pemeringkatan/{ranking.pk}/bobot/periksa/", sent)
    assert "Nothing compared yet" in answer.content.decode()


def test_contradictions_are_named_while_other_pairs_are_still_open() -> None:
    by, ranking, _lines = filled()
    for title in ("Adil", "Biaya"):
        actions.set_criterion(by, ranking.pk, CriterionDetails(title, **HUNDRED))
    sent = {"kesiapan|manfaat": "5", "manfaat|adil": "5", "kesiapan|adil": "1/5"}
    answer = browser(by).post(f"/en/pemeringkatan/{ranking.pk}/bobot/periksa/", sent)
    text = answer.content.decode()
    assert "not compared with the others yet" in text
    assert "You said “Kesiapan” over “Manfaat”" in text


def test_lines_are_found_put_in_and_taken_out_on_the_page() -> None:
    by = planner()
    ranking = a_ranking(by)
    version = a_version(a_plan())
    for name in ("Jalan desa", "Jalan kota", "Pasar"):
        a_line(version, name)
    client = browser(by)
    address = f"/en/pemeringkatan/{ranking.pk}/baris/?rencana={version.plan_id}&kata=jalan"
    assert "Pasar" not in client.get(address).content.decode().split('<form method="post"')[1]
    client.post(address, {"semua": "1"})
    assert ranking.alternatives.count() == 2
    number = ranking.alternatives.first().pk
    client.post(address, {"keluar": number})
    assert ranking.alternatives.count() == 1
    client.post(address, {"baris": "no-uuid"})
    assert ranking.alternatives.count() == 1
    market = PlanLine.objects.get(title="Pasar")
    client.post(address, {"baris": str(market.identity)})
    assert ranking.alternatives.count() == 2


def test_a_criterion_is_added_changed_and_taken_out_on_the_page() -> None:
    by, ranking, _lines = filled()
    client, address = browser(by), f"/en/pemeringkatan/{ranking.pk}/kriteria/"
    sent = {
        "title": "Bencana",
        "origin": "typed",
        "rises": "0",
        "scale": "min_max",
        "shape": "linear",
        "revision": ranking.__class__.objects.get(pk=ranking.pk).revision,
    }
    assert client.post(address, {**sent, "veto": "-3"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    one = ranking.criteria.get(code="bencana")
    assert not one.rises
    assert client.post(address, sent).status_code == 409
    text = client.get(f"{address}{one.pk}/").content.decode()
    assert '<option value="0" selected>' in text
    now = Ranking.objects.get(pk=ranking.pk).revision
    client.post(f"{address}{one.pk}/hapus/", {"revision": now})
    assert ranking.criteria.count() == 2


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        pytest.param({}, ("fixed", 0.0, 100.0), id="said by people"),
        pytest.param({"unit": "km"}, ("min_max", None, None), id="with a unit"),
        pytest.param({"origin": "population"}, ("min_max", None, None), id="from evidence"),
        pytest.param({"scale": "rank"}, ("rank", None, None), id="chosen"),
        pytest.param({"low": "10", "high": "60"}, ("fixed", 10.0, 60.0), id="ends"),
        pytest.param({"unit": "km", "target": "5"}, ("target", None, None), id="a best value"),
    ],
)
def test_a_new_criterion_has_the_scale_that_fits_its_values(sent: Any, kept: Any) -> None:
    by, ranking, _lines = filled()
    address = f"/en/pemeringkatan/{ranking.pk}/kriteria/"
    now = Ranking.objects.get(pk=ranking.pk).revision
    usual = {"title": "Baru", "origin": "typed", "rises": "1", "shape": "linear", "revision": now}
    assert browser(by).post(address, {**usual, **sent}).status_code == 302
    one = ranking.criteria.get(code="baru")
    assert (one.scale, one.low, one.high) == kept


def test_a_ranking_as_a_workbook_holds_order_parts_criteria_and_sensitivity() -> None:
    by, ranking, lines = filled()
    judging.rate(by, ranking.pk, lines[0].pk, ranking.criteria.last().pk, value=40, note="=1+1")
    answer = browser(by).get(f"/en/pemeringkatan/{ranking.pk}/berkas.xlsx")
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == [
        "Order",
        "Parts",
        "Criteria",
        "Sensitivity",
        "Rank reversals",
        "About",
    ]
    assert book["Order"].max_row == 6
    assert book["Parts"].max_row == 11


def test_visitors_are_told_nothing_of_a_private_ranking() -> None:
    _by, ranking, _lines = filled()
    for rest in ("", "kriteria/", "bobot/", "baris/", "berkas.csv"):
        answer = Client().get(f"/pemeringkatan/{ranking.pk}/{rest}")
        assert answer.status_code in (302, 404)


def test_the_page_tells_why_values_are_missing_and_where_the_others_are_from() -> None:
    by, ranking, _lines = filled()
    judging.rate(
        by, ranking.pk, of_line(ranking, "Jalan A").pk, ranking.criteria.last().pk, value=70
    )
    text = " ".join(page(by, ranking).split())
    assert "4: Land, design and permits of the line" in text
    assert "1: missing – the line says nothing of land, design and permits" in text
    assert "4: missing – nobody has said it yet" in text
    assert "1: said by people" in text


@pytest.mark.parametrize(
    ("scale", "words", "leader"),
    [
        pytest.param(HUNDRED, "all share the first place", "3 lines share", id="fixed ends"),
        pytest.param({}, "so none has a rank", "", id="no ends"),
    ],
)
def test_that_nothing_tells_lines_apart_is_said_on_the_page(
    scale: dict[str, Any], words: str, leader: str
) -> None:
    by = planner()
    ranking = a_ranking(by)
    version = a_version(a_plan())
    lines = [a_line(version, f"Jalan {n}", land="ready") for n in range(3)]
    actions.set_criterion(by, ranking.pk, CriterionDetails("Kesiapan", origin="readiness", **scale))
    actions.add_lines(by, ranking.pk, version.plan_id, [line.identity for line in lines])
    assert words in page(by, ranking)
    assert leader in page(by, ranking, "?bagian=kepekaan")


def test_a_lone_value_lifts_nobody_and_the_page_and_the_file_say_so() -> None:
    by, ranking, _lines = filled()
    actions.set_criterion(by, ranking.pk, CriterionDetails("Dukungan"))
    lone = of_line(ranking, "Jalan C")
    judging.rate(by, ranking.pk, lone.pk, ranking.criteria.get(code="manfaat").pk, value=90)
    judging.rate(by, ranking.pk, lone.pk, ranking.criteria.get(code="dukungan").pk, value=5)
    actions.edit_ranking(by, ranking.pk, RankingDetails("Prioritas", least_coverage=0.3))
    answer = browser(by).get(f"/en/pemeringkatan/{ranking.pk}/")
    scores = {one.row.title: one.score for one in answer.context["places"]}
    assert scores["Jalan C"] == pytest.approx(0.45)
    assert [row["criterion"].title for row in answer.context["silent"]] == ["Dukungan"]
    assert "They count for nobody" in answer.content.decode()
    assert page(by, ranking, f"baris/{lone.pk}/").count("Does not count") == 1
    content = browser(by).get(f"/en/pemeringkatan/{ranking.pk}/berkas.xlsx").content
    parts = load_workbook(BytesIO(content)).worksheets[1].iter_rows(values_only=True)
    assert [row[0] for row in parts if "Does not count" in str(row[-1])] == ["Jalan C"]


def test_who_is_known_only_by_what_all_have_alike_has_no_rank_and_the_page_says_why() -> None:
    by, ranking, lines = filled()
    actions.set_criterion(by, ranking.pk, CriterionDetails("Dukungan"))
    for line in lines:
        judging.rate(by, ranking.pk, line.pk, ranking.criteria.get(code="dukungan").pk, value=5)
    actions.edit_ranking(by, ranking.pk, RankingDetails("Prioritas", least_coverage=0.3))
    text = page(by, ranking)
    assert "1 line has no rank: on all that is known of it" in text
    assert "of the weight has a value" not in text


def test_an_order_by_another_method_shows_its_ranks_and_bands_at_each_line() -> None:
    by, ranking, _lines = filled()
    judging.rate(
        by, ranking.pk, of_line(ranking, "Jalan A").pk, ranking.criteria.last().pk, value=70
    )
    answer = browser(by).get(f"/en/pemeringkatan/{ranking.pk}/?urut=topsis")
    assert [one.rank for one in answer.context["places"]] == [1, 1, 3, 4, None]
    text = answer.content.decode()
    assert "The order is that of the chosen method" in text
    assert 'class="table-group"' not in text


def test_weights_that_contradict_are_told_when_kept_and_on_the_result() -> None:
    by, ranking, _lines = filled()
    actions.set_criterion(by, ranking.pk, CriterionDetails("Adil", **HUNDRED))
    circle = {"kesiapan|manfaat": "5", "manfaat|adil": "5", "kesiapan|adil": "1/5"}
    sent = {**circle, "cara": "ahp", "revision": "0"}
    answer = browser(by).post(f"/en/pemeringkatan/{ranking.pk}/bobot/", sent, follow=True)
    assert "They contradict each other (consistency ratio 2.76" in answer.content.decode()
    assert f"The comparisons of {by.name} contradict each other" in page(by, ranking)


def test_the_history_tells_criteria_lines_and_weights_in_words() -> None:
    by, ranking, _lines = filled()
    ready = ranking.criteria.get(code="kesiapan")
    judging.rate(by, ranking.pk, of_line(ranking, "Jalan A").pk, ready.pk, value=70)
    judging.weigh(by, ranking.pk, "direct", {"kesiapan": 80, "manfaat": 20})
    text = " ".join(page(by, ranking).split())
    assert "weight of “Kesiapan”: – → 80.0%" in text
    assert "line: – → Jalan A" in text
    assert "plan: – → " in text
    own = " ".join(page(by, ranking, f"kriteria/{ready.pk}/").split())
    assert "line: – → Jalan A" in own
    assert "weight of" not in own
