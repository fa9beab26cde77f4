import pytest
from django.db import connection

from sinergi.accounts.principal import operator
from sinergi.evidence.actions import ImportRefusedError, load_import, preview_import, undo_import
from sinergi.evidence.imports.mapping import Mapping, NewIndicator, NewSource
from sinergi.evidence.models import ImportBatch, Indicator, Observation, Source
from sinergi.evidence.queries import as_of, evidence_version, history, readings
from sinergi.reference.queries import region_table

LINES = ("kode,indikator,tahun,nilai", "63.71,poverty,2030,4.5", "63.72,poverty,2030,5.25")


def value(region: str) -> tuple[float, str]:
    table = region_table()
    found = readings(["poverty"], table)
    return float(found.values[table.position[region], 0]), found.periods[table.position[region], 0]


def test_a_loaded_file_is_read_at_once_with_its_batch_and_source(shipped: None, csv_file) -> None:
    before = evidence_version()
    batch = load_import(operator(), csv_file(*LINES), note="uji")
    assert value("63.72") == (5.25, "2030")
    assert (batch.rows, batch.loader, batch.note, as_of()) == (2, "operator", "uji", "2030")
    assert evidence_version() != before
    assert Source.objects.get(code=f"impor-{batch.pk}").name == "figures.csv"


def test_a_file_with_an_error_changes_nothing(shipped: None, csv_file) -> None:
    before = Observation.objects.count(), ImportBatch.objects.count(), evidence_version()
    with pytest.raises(ImportRefusedError, match=r"99\.99"):
        load_import(operator(), csv_file(*LINES, "99.99,poverty,2030,1"))
    assert (Observation.objects.count(), ImportBatch.objects.count(), evidence_version()) == before


def test_a_file_with_nothing_new_is_refused(shipped: None, csv_file) -> None:
    load_import(operator(), csv_file(*LINES))
    with pytest.raises(ImportRefusedError):
        load_import(operator(), csv_file(*LINES), on_existing="skip_identical")


def test_replacing_keeps_the_old_value_in_the_history(shipped: None, csv_file) -> None:
    load_import(operator(), csv_file(*LINES))
    second = load_import(
        operator(), csv_file(LINES[0], "63.72,poverty,2030,6.5"), on_existing="replace"
    )
    assert value("63.72") == (6.5, "2030")
    now, past = history("poverty", "63.72", "2030")
    assert (now.value, now.active, past.value, past.active) == (6.5, True, 5.25, False)
    assert past.replaced_by == second.pk
    assert (second.rows, second.replaced) == (1, 1)


def test_new_indicators_and_a_new_source_come_with_the_file(shipped: None, csv_file) -> None:
    mapping = Mapping(
        region="A",
        indicator="B",
        period="C",
        value="D",
        new_indicators=(NewIndicator("tpa.sisa_umur", "Sisa umur TPA", "years", "higher"),),
        new_source=NewSource("DLH Kota Banjarmasin", licence="CC BY 4.0"),
    )
    load_import(operator(), csv_file(LINES[0], "63.71,tpa.sisa_umur,2030,3"), mapping)
    made = Indicator.objects.get(code="tpa.sisa_umur")
    assert (made.unit, made.better, made.source.licence) == ("years", "higher", "CC BY 4.0")
    found = readings(["tpa.sisa_umur"], region_table())
    label = found.source(region_table().position["63.71"], 0)
    assert label is not None
    assert label.name == "DLH Kota Banjarmasin"


def test_a_source_described_twice_is_stored_once(shipped: None, csv_file) -> None:
    mapping = Mapping(region="A", indicator="B", period="C", value="D", new_source=NewSource("DLH"))
    load_import(operator(), csv_file(*LINES), mapping)
    load_import(operator(), csv_file(LINES[0], "63.71,poverty,2031,4"), mapping)
    assert Source.objects.filter(name="DLH").count() == 1


def test_values_stored_since_the_preview_refuse_the_load(shipped: None, csv_file) -> None:
    preview = preview_import(operator(), csv_file(*LINES))
    load_import(operator(), csv_file(*LINES))
    with pytest.raises(ImportRefusedError) as caught:
        load_import(operator(), preview)
    assert caught.value.preview.problems.kept[-1].code == "changed_meanwhile"
    assert value("63.72") == (5.25, "2030")


def test_values_replaced_since_the_preview_refuse_the_load(shipped: None, csv_file) -> None:
    load_import(operator(), csv_file(*LINES))
    preview = preview_import(
        operator(), csv_file(LINES[0], "63.72,poverty,2030,9"), on_existing="replace"
    )
    undo_import(
        operator(),
        load_import(
            operator(), csv_file(LINES[0], "63.72,poverty,2030,7"), on_existing="replace"
        ).pk,
    )
    load_import(operator(), csv_file(LINES[0], "63.72,poverty,2030,8"), on_existing="replace")
    with pytest.raises(ImportRefusedError):
        load_import(operator(), preview)
    assert value("63.72") == (8.0, "2030")


def test_the_version_is_that_of_equal_loads_in_equal_order(shipped: None, csv_file) -> None:
    first = load_import(operator(), csv_file(*LINES))
    version = evidence_version()
    undo_import(operator(), first.pk)
    load_import(operator(), csv_file(*LINES))
    assert evidence_version() == version


def test_the_store_itself_forbids_two_active_values_of_one_thing(shipped: None) -> None:
    one = Observation.objects.filter(active=True).first()
    assert one is not None
    one.pk = None
    with pytest.raises(Exception, match=r"UNIQUE|unique"), connection.constraint_checks_disabled():
        one.save()
