"""The workspace of a notebook: frames that agree with the commands."""

import subprocess
import sys

import polars as pl
import pytest

from sinergi.cli import language
from sinergi.cli.failures import CommandError
from sinergi.cli.notebook import open_workspace
from sinergi.opportunities.queries import opportunity_map
from sinergi.opportunities.settings import MapSettings, SettingsError
from tests.conftest import home_environment

pytestmark = pytest.mark.usefixtures("shipped")


@pytest.fixture
def work(monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    return open_workspace(language="en")


def test_the_map_is_the_one_of_the_queries(work):
    frame = work.map(objects="TPA_REGIONAL", top=5)
    shown = opportunity_map(MapSettings(objects=("TPA_REGIONAL",), top=5)).opportunities
    assert frame["score"].to_list() == [one.score for one in shown]
    assert frame["member_codes"][0].to_list() == [member.code for member in shown[0].members]


def test_settings_can_be_given_whole_and_changed(work):
    start = MapSettings(within=("63",), top=4)
    assert work.map(start).height <= 4
    assert work.map(start, top=1).height == 1


def test_a_name_that_is_no_setting_is_refused(work):
    with pytest.raises(SettingsError):
        work.map(tpo=3)


def test_reasons_add_up_to_the_parts_they_speak_for(work):
    codes = ["63.71", "63.72"]
    told = work.explain("TPA_REGIONAL", codes)
    spoken = work.reasons("TPA_REGIONAL", codes)["contribution"].sum()
    assert spoken == pytest.approx(told.contributions["need"] + told.contributions["strength"])


def test_evidence_has_no_row_for_what_is_missing(work):
    frame = work.evidence(["poverty", "density"])
    assert set(frame["indicator"]) == {"poverty", "density"}
    assert frame["value"].is_finite().all()
    assert (frame["flag"] != "").all()


def test_an_indicator_that_is_not_there_is_named(work):
    with pytest.raises(CommandError, match="povrety"):
        work.evidence("povrety")


def test_a_profile_comes_in_frames(work):
    profile = work.profile("63.72")
    assert all(isinstance(frame, pl.DataFrame) for frame in profile.values())
    assert profile["opportunities"]["member_codes"].list.contains("63.72").all()


def test_missing_evidence_and_the_catalogue_are_there(work):
    assert work.missing("63.72")["regions"].max() == 1
    assert work.objects()["TPA_REGIONAL"].computable


def test_a_series_is_in_the_order_of_its_periods(work):
    frame = work.series("63.72", "hdi")
    assert frame.height > 3
    assert frame["period"].is_sorted()


IN_A_LOOP = """
import asyncio
from sinergi.cli.notebook import open_workspace

async def cell():
    work = open_workspace()
    return work.series("63.72", "hdi").height

print(asyncio.run(cell()) > 3)
"""


def test_it_works_inside_an_event_loop_as_notebooks_have(shipped_home):
    done = subprocess.run(
        [sys.executable, "-c", IN_A_LOOP],
        env=home_environment(shipped_home),
        cwd=shipped_home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "True\n", done.stderr


def test_another_home_in_the_same_process_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"Restart|Mulai ulang"):
        open_workspace(tmp_path)


def test_the_language_is_that_of_the_environment(monkeypatch):
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    open_workspace()
    assert language.chosen() == "en"
