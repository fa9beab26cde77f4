import pytest

from sinergi.accounts.errors import UnseenError
from sinergi.accounts.principal import operator
from sinergi.evidence.actions import UndoRefusedError, load_import, undo_import
from sinergi.evidence.models import ImportBatch, Observation
from sinergi.evidence.queries import evidence_version, history, observation_rows
from sinergi.evidence.queries.rows import ObservationFilter

HEAD = "kode,indikator,tahun,nilai"


def stored() -> list[tuple[str, str, float, str]]:
    rows = observation_rows(ObservationFilter(indicator="poverty"))
    return [(row.region, row.period, row.value, row.source) for row in rows]


def test_an_undone_load_leaves_the_evidence_as_it_was(shipped: None, csv_file) -> None:
    before, version = stored(), evidence_version()
    path = csv_file(HEAD, "63.71,poverty,2021,9.9", "63.71,poverty,2030,4.5")
    batch = load_import(operator(), path, on_existing="replace")
    assert stored() != before
    undone = undo_import(operator(), batch.pk, "salah tahun")
    assert (stored(), evidence_version()) == (before, version)
    assert (undone.state, undone.undo_reason, undone.withdrawer) == (
        "undone",
        "salah tahun",
        "operator",
    )


def test_nothing_is_deleted_by_an_undo(shipped: None, csv_file) -> None:
    batch = load_import(operator(), csv_file(HEAD, "63.71,poverty,2030,4.5"))
    undo_import(operator(), batch.pk)
    assert [(one.value, one.active) for one in history("poverty", "63.71", "2030")] == [
        (4.5, False)
    ]
    assert ImportBatch.objects.filter(pk=batch.pk).exists()


def test_a_load_that_a_later_one_replaced_waits_for_that_one(shipped: None, csv_file) -> None:
    before = stored()
    first = load_import(operator(), csv_file(HEAD, "63.71,poverty,2030,4.5"))
    second = load_import(operator(), csv_file(HEAD, "63.71,poverty,2030,5"), on_existing="replace")
    with pytest.raises(UndoRefusedError, match=f"#{second.pk}"):
        undo_import(operator(), first.pk)
    undo_import(operator(), second.pk)
    undo_import(operator(), first.pk)
    assert stored() == before


def test_a_load_is_undone_only_once(shipped: None, csv_file) -> None:
    batch = load_import(operator(), csv_file(HEAD, "63.71,poverty,2030,4.5"))
    undo_import(operator(), batch.pk)
    with pytest.raises(UndoRefusedError):
        undo_import(operator(), batch.pk)


def test_an_undone_file_can_be_loaded_again(shipped: None, csv_file) -> None:
    path = csv_file(HEAD, "63.71,poverty,2030,4.5")
    undo_import(operator(), load_import(operator(), path).pk)
    load_import(operator(), path)
    assert Observation.objects.filter(period="2030", active=True).count() == 1


def test_there_is_nothing_to_undo_in_an_unknown_load(shipped: None) -> None:
    with pytest.raises(UnseenError):
        undo_import(operator(), 999_999)
