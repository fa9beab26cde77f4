"""`import`, `imports` and `undo`: all of a file or nothing, and back again."""

import json

import pytest

from sinergi.evidence.models import ImportBatch, Observation
from tests.people import organisation

pytestmark = pytest.mark.usefixtures("shipped")
HEAD = "kode,indikator,tahun,nilai\n"


def values():
    return Observation.objects.filter(active=True).count()


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "kemiskinan.csv"
    path.write_text(HEAD + "63.71,poverty,2031,4.5\n63.72,poverty,2031,3.9\n")
    return path


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "salah.csv"
    path.write_text(
        HEAD + "63.71,poverty,2031,4.5\n99.99,poverty,2031,3.9\n63.72,poverty,2031,abc\n"
    )
    return path


def batch_of(told):
    return int(told.out.split("Batch ")[1].split(":")[0])


def test_a_file_is_loaded_listed_and_undone(run, good):
    before = values()
    told = run("import", good, "--note", "from the survey")
    assert told.code == 0, told.err
    assert values() == before + 2
    batch = batch_of(told)
    listed = json.loads(run("imports", "--format", "json").out)
    assert (listed[0]["batch"], listed[0]["values"]) == (batch, 2)
    assert listed[0]["note"] == "from the survey"
    assert run("undo", batch, "--reason", "a mistake").code == 0
    assert values() == before
    assert ImportBatch.objects.get(pk=batch).undo_reason == "a mistake"


def test_a_dry_run_stores_nothing(run, good):
    before = values(), ImportBatch.objects.count()
    told = run("import", good, "--dry-run")
    assert told.code == 0
    assert "2 new values" in told.out
    assert (values(), ImportBatch.objects.count()) == before


def test_problems_are_told_by_cell_and_nothing_is_loaded(run, bad):
    before = values()
    told = run("import", bad)
    assert told.code == 1
    assert "A3: " in told.err
    assert "D4: " in told.err
    assert "→" in told.err
    assert "nothing was loaded" in told.err
    assert values() == before


def test_problems_are_told_in_indonesian(run, bad):
    told = run("--language", "id", "import", bad)
    assert "KESALAHAN" in told.err
    assert "tidak ada yang dimuat" in told.err


def test_long_lists_of_problems_are_cut_and_counted(run, tmp_path):
    path = tmp_path / "salah.csv"
    path.write_text(HEAD + "".join(f"99.{n},poverty,2031,1\n" for n in range(10, 50)))
    assert "and 20 more" in run("import", path).err


def test_a_second_import_of_the_same_values_is_refused_or_skipped(run, good):
    assert run("import", good).code == 0
    again = run("import", good, "--on-existing", "skip_identical")
    assert again.code == 0
    assert "Nothing to load" in again.out


def test_other_values_replace_only_when_asked(run, good):
    assert run("import", good).code == 0
    good.write_text(HEAD + "63.71,poverty,2031,5.5\n")
    assert run("import", good).code == 1
    told = run("import", good, "--on-existing", "replace")
    assert told.code == 0, told.err
    assert "1 replaced" in told.out


def test_a_guessed_mapping_can_be_kept_and_used(run, good, tmp_path):
    mapping = tmp_path / "mapping.json"
    assert run("import", good, "--dry-run", "--save-mapping", mapping).code == 0
    told = run("import", good, "--mapping", mapping)
    assert told.code == 0, told.err
    assert "2 values loaded" in told.out


@pytest.mark.parametrize("text", ["{", '{"shet": "Data"}'])
def test_a_mapping_that_cannot_be_read_is_refused(run, good, tmp_path, text):
    mapping = tmp_path / "mapping.json"
    mapping.write_text(text)
    assert run("import", good, "--mapping", mapping).code == 2


def test_a_file_that_is_not_there_is_named(run):
    answer = run("import", "none.csv")
    assert (answer.code, answer.err) == (2, "none.csv: there is no such file.\n")


def test_a_batch_that_is_not_there_says_where_to_look(run):
    answer = run("undo", "4711")
    assert answer.code == 2
    assert "sinergi imports" in answer.err


def test_a_batch_is_undone_once(run, good):
    batch = batch_of(run("import", good))
    assert run("undo", batch).code == 0
    answer = run("undo", batch)
    assert answer.code == 2
    assert "undone already" in answer.err


def test_the_evidence_of_an_organisation_is_its_own_until_it_is_adopted(run, good):
    made = organisation("kota-uji")
    before = Observation.objects.filter(active=True, shelf=0).count()
    told = run("import", good, "--organisation", "kota-uji")
    assert told.code == 0, told.err
    assert Observation.objects.filter(active=True, shelf=made.pk).count() == 2
    assert Observation.objects.filter(active=True, shelf=0).count() == before
    adopted = run("adopt", batch_of(told), "--reason", "checked")
    assert adopted.code == 0, adopted.err
    assert "2 values in the common evidence" in adopted.out
    assert Observation.objects.filter(active=True, shelf=0).count() == before + 2
    assert run("undo", batch_of(adopted)).code == 0
    assert Observation.objects.filter(active=True, shelf=0).count() == before


def test_a_batch_that_is_not_there_is_not_adopted(run):
    told = run("adopt", 9_999_999)
    assert told.code == 2
    assert "9999999" in told.err.replace(",", "")


def test_a_profile_reads_the_evidence_that_is_asked_for(run, good):
    organisation("kota-uji")
    run("import", good, "--organisation", "kota-uji")

    def poverty(*options):
        told = run("profile", "63.71", "--format", "json", *options)
        assert told.code == 0, told.err
        return "4.5" in [
            str(one.get("value"))
            for one in json.loads(told.out)["indicators"]
            if one.get("period") == "2031"
        ]

    assert not poverty()
    assert poverty("--evidence", "kota-uji")
    assert not poverty()


def test_the_evidence_of_an_organisation_that_is_not_there_is_refused(run):
    told = run("map", "--object", "TPA_REGIONAL", "--within", "63", "--evidence", "tidak-ada")
    assert told.code == 2
    assert not told.out
