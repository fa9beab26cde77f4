"""Rankings in the words of the reader: usual criteria, indicators, and a file that says what it is."""

from datetime import date
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.utils.translation import override
from openpyxl import load_workbook

from sinergi.accounts.models import Person
from sinergi.accounts.principal import Principal
from sinergi.evidence.models import Indicator, Source
from sinergi.programs.actions import judging
from sinergi.programs.actions import priority as actions
from sinergi.programs.models import Origin, Ranking
from sinergi.programs.priority import columns
from sinergi.programs.priority.rules import CriterionDetails, RankingDetails
from sinergi.programs.queries import priority as queries
from tests.people import signed_in
from tests.programs.making import office, planner
from tests.programs.priority.ranked import filled

pytestmark = pytest.mark.django_db


def usual(by: Principal) -> Ranking:
    """A ranking with the usual criteria, begun in Indonesian."""
    with override("id"):
        return actions.create_ranking(by, office(), RankingDetails("Prioritas 2026"))


def browser(by: Principal) -> Client:
    return signed_in(Client(), Person.objects.get(pk=by.person_id))


def page(by: Principal, ranking: Ranking, rest: str = "", language: str = "/en") -> str:
    return browser(by).get(f"{language}/pemeringkatan/{ranking.pk}/{rest}").content.decode()


def file(by: Principal, ranking: Ranking, rest: str = "") -> Any:
    content = browser(by).get(f"/en/pemeringkatan/{ranking.pk}/berkas.xlsx{rest}").content
    return load_workbook(BytesIO(content))


@pytest.mark.parametrize("rest", ["kriteria/", "bobot/"], ids=["criteria", "weights"])
def test_usual_criteria_are_in_the_words_of_the_reader(rest: str) -> None:
    by = planner()
    ranking = usual(by)
    english, indonesian = page(by, ranking, rest), page(by, ranking, rest, language="")
    assert "Effect on access and growth" in english
    assert "Pengaruh terhadap akses dan pertumbuhan" not in english
    assert "Pengaruh terhadap akses dan pertumbuhan" in indonesian


def test_a_result_names_them_so_too() -> None:
    by = planner()
    ranking = usual(by)
    ranking.criteria.filter(origin=Origin.INDICATOR).delete()  # There is no evidence to read.
    with override("en"):
        told = [one.title for one in queries.comparison(by, ranking).criteria]
    assert told[:2] == ["Need", "People served"]


def test_their_notes_and_units_too_and_nothing_is_stored() -> None:
    by = planner()
    ranking = usual(by)
    with override("en"):
        told = {one.code: one for one in queries.criteria_shown(ranking)}
    assert told["risk"].note == "Where disasters are more frequent, work comes earlier."
    assert (told["cost"].unit, told["equity"].unit) == ("times the usual", "%")
    assert ranking.criteria.get(code="cost").unit == "kali yang lazim"
    assert ranking.criteria.get(code="need").title == "Kebutuhan"


def test_what_people_worded_stays_as_they_wrote_it() -> None:
    by = planner()
    ranking = usual(by)
    ranking.criteria.filter(code="need").update(title="Kebutuhan warga", note="Menurut kita")
    ranking.criteria.filter(code="fit").update(title="Kebutuhan")
    with override("en"):
        told = {one.code: (one.title, one.note) for one in queries.criteria_shown(ranking)}
    assert told["need"] == ("Kebutuhan warga", "Menurut kita")
    assert told["fit"][0] == "Kebutuhan"


@pytest.mark.parametrize(
    ("language", "name"), [("", "Angka kemiskinan"), ("/en", "Poverty rate")], ids=["id", "en"]
)
def test_criteria_name_their_indicator_and_not_its_code(
    language: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, ranking, _lines = filled()
    source = Source.objects.create(code="x", name="X")
    Indicator.objects.create(
        code="miskin.x",
        name_id="Angka kemiskinan",
        name_en="Poverty rate",
        unit="percent",
        source=source,
    )
    given = CriterionDetails("Pemerataan", origin=Origin.INDICATOR, indicator="miskin.x")
    actions.set_criterion(by, ranking.pk, given)
    table = (
        page(by, ranking, "kriteria/", language).partition("<tbody>")[2].partition("</tbody>")[0]
    )
    assert name in table
    assert "miskin.x" not in table
    if language:
        none = columns.Column(np.full(5, np.nan), lambda row: None, lambda row: "")
        monkeypatch.setattr(queries, "column", lambda *asked: none)
        head, *rows = file(by, ranking)["Criteria"].values
        assert [row[head.index("Indicator")] for row in rows] == [None, None, name]


def test_a_file_tells_what_it_is_and_names_regions() -> None:
    by, ranking, _lines = filled()
    ranking.purpose = "Untuk musrenbang"
    ranking.save()
    book = file(by, ranking, "?urut=topsis")
    told = dict(row for row in book["About"].values if row[0] != "What")
    assert isinstance(told.pop("Day of this file"), date)
    assert told == {
        "Ranking": "Prioritas 2026",
        "Purpose": "Untuk musrenbang",
        "Organisation": office().name,
        "Weights of": "nobody yet: all criteria weigh the same",
        "In the order of": "TOPSIS",
        "Lines": 5,
    }
    head, *rows = book["Order"].values
    named = {row[head.index("Region")]: row[head.index("Name of the region")] for row in rows}
    assert named == {"32.04": "Kabupaten Bandung"}


def test_a_file_tells_whose_weights_it_holds() -> None:
    by, ranking, _lines = filled()
    judging.weigh(by, ranking.pk, "equal", {})
    me = Person.objects.get(pk=by.person_id).name
    for asked, whose in (
        ("", "everybody"),
        ("?bobot=1", me),
        ("?bobot=sama", "all criteria weigh the same"),
    ):
        told = dict(row for row in file(by, ranking, asked)["About"].values)
        assert told["Weights of"] == whose


def test_shares_in_a_file_are_shown_in_per_cent_and_scores_with_decimals() -> None:
    by, ranking, _lines = filled()
    sheet = file(by, ranking)["Order"]
    head = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, head.index("Coverage") + 1).number_format == "0.0%"
    assert file(by, ranking)["Criteria"]["B2"].number_format == "0.0%"
