"""The stages of agreements and their tasks, as the pack says them."""

import shutil
from pathlib import Path

import pytest

from sinergi.reference import queries as reference
from sinergi.reference.pack import load_pack, read_pack
from sinergi.reference.stages import GUARDS, OF_DOCUMENT

SHIPPED = Path("src/sinergi/reference/indonesia")
KSDD = [
    "preparation",
    "offer",
    "drafting_memorandum",
    "signing_memorandum",
    "approval",
    "drafting_agreement",
    "signing_agreement",
    "implementation",
    "records",
    "reporting",
]
FAMILIES = ["KSDD", "KSDPK", "KSDPL", "KSDLL", "SINERGI"]


@pytest.fixture(scope="module")
def indonesia():
    return load_pack(SHIPPED)


def test_regions_go_through_the_ten_stages_that_a_source_lists():
    stages = reference.agreement_stages("KSDD")
    assert [one.code for one in stages] == KSDD
    assert not any(one.default for one in stages)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_begins_with_its_preparation_and_counts_on(family):
    stages = reference.agreement_stages(family)
    assert stages[0].code == "preparation"
    assert [one.position for one in stages] == list(range(1, len(stages) + 1))
    assert all(one.tasks for one in stages)


def test_a_family_that_the_pack_does_not_know_has_no_stages():
    assert reference.agreement_stages("KSDX") == ()


def test_an_agreement_with_the_centre_has_a_note_and_no_agreement_behind_it():
    codes = {one.code for one in reference.agreement_stages("SINERGI")}
    assert {"drafting_note", "signing_note"} <= codes
    assert not {"signing_memorandum", "signing_agreement"} & codes


def test_only_work_with_third_parties_asks_for_a_feasibility_study(indonesia):
    asked = {
        one.family
        for one in indonesia.agreement_stages
        if any(task.code == "feasibility_study" for task in one.tasks)
    }
    assert asked == {"KSDPK"}


@pytest.mark.parametrize("family", ["KSDPL", "KSDLL"])
def test_foreign_cooperation_is_a_checklist_with_approvals_before_it_is_signed(family):
    stages = {one.code: one for one in reference.agreement_stages(family)}
    guarded = [
        (stage.code, guard)
        for stage in stages.values()
        for task in stage.tasks
        for guard in task.guards
    ]
    assert guarded == [("drafting_memorandum", "approvals_given")]
    signing = stages["signing_memorandum"].position
    assert stages["drafting_memorandum"].position < signing


def test_no_task_has_a_deadline_that_nobody_has_read(indonesia):
    assert {task.default_days for one in indonesia.agreement_stages for task in one.tasks} == {None}


def test_what_a_stage_asks_for_says_how_it_is_known(indonesia):
    tasks = [task for one in indonesia.agreement_stages for task in one.tasks]
    assert all(task.source in indonesia.source and task.provenance for task in tasks)
    assert all(set(task.guards) <= set(GUARDS) for task in tasks)
    assert all(task.document for task in tasks if set(task.guards) & set(OF_DOCUMENT))


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
        ("agreement_stages.csv", "KSDD,2,offer", "KSDD,3,offer", "position", "stage_out_of_order"),
        ("agreement_stages.csv", "KSDD,1,preparation", "KSDD,1,begin", "code", "stage_not_first"),
        ("agreement_stages.csv", "KSDD,2,offer", "KSDD,2,preparation", "code", "stage_not_first"),
        (
            "agreement_stages.csv",
            "KSDD,3,drafting_memorandum",
            "KSDD,3,offer",
            "code",
            "code_twice",
        ),
        (
            "agreement_stages.csv",
            "always,sikerja-faq",
            "always,hearsay",
            "source",
            "unknown_code",
        ),
        (
            "agreement_stages.csv",
            "approval_needed",
            "now_and_then",
            "applies_when",
            "not_one_of",
        ),
        ("agreement_tasks.csv", "offer_answered", "offer_liked", "guards", "not_one_of"),
        ("agreement_tasks.csv", "KSDPL,preparation", "KSDPX,preparation", "family", "unknown_code"),
        ("agreement_tasks.csv", "KSDPL,preparation", "KSDPL,records", "stage", "unknown_code"),
        ("agreement_tasks.csv", ",kb,signed", ",,signed", "document", "empty"),
        ("agreement_tasks.csv", "similar_traits", "equal_status", "code", "code_twice"),
        (
            "agreement_tasks.csv",
            "equal_status,all,Kesetaraan status administrasi,Equal administrative status,,,,expert",
            "equal_status,all,Kesetaraan status administrasi,Equal administrative status,,,,laymen",
            "source",
            "unknown_code",
        ),
        ("agreement_tasks.csv", "mapping,party", "mapping,council", "scope", "not_one_of"),
    ],
)
def test_a_stage_that_cannot_be_is_told_with_its_place(tmp_path, file, old, new, field, code):
    assert (file, field, code) in changed(tmp_path, file, old, new)


def test_stages_of_a_family_that_begin_in_the_middle_are_told(tmp_path):
    told = changed(tmp_path, "agreement_stages.csv", "KSDD,1,preparation", "KSDE,1,preparation")
    assert ("agreement_stages.csv", "position", "stage_out_of_order") in told
