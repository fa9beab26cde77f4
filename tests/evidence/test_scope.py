"""The common evidence with the shelf of an organisation above it: union, restoration, who sees it."""

from collections.abc import Iterator

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sinergi.accounts.actions.sharing import set_visibility, share
from sinergi.accounts.errors import UnseenError
from sinergi.accounts.models import Level, Visibility
from sinergi.accounts.principal import operator, visitor
from sinergi.evidence import store
from sinergi.evidence.actions import adopt_import, load_import, undo_import
from sinergi.evidence.context import evidence
from sinergi.evidence.imports.mapping import Mapping, NewIndicator, NewSource
from sinergi.evidence.models import COMMON, Indicator, Source
from sinergi.evidence.queries import (
    as_of,
    evidence_version,
    history,
    indicator_catalogue,
    observation_rows,
    readings,
    series,
)
from sinergi.evidence.queries.rows import ObservationFilter
from sinergi.evidence.queries.visible import sources_in_use
from sinergi.evidence.scope import current, reading, scope_of, whole_shelf
from sinergi.opportunities.lists.actions import create_list
from sinergi.opportunities.lists.rules import ListDetails
from sinergi.reference.queries import region_table
from tests.people import asks, organisation, person, signed_in

HEAD = "kode,indikator,tahun,nilai"
A, B = "63.71", "63.72"


def poverty(region: str = A) -> float:
    table = region_table()
    return float(readings(["poverty"], table).values[table.position[region], 0])


@pytest.fixture
def loaded(shipped: None, csv_file):
    """A private import of Palangka Raya: one value that covers a common one, and one of its own."""
    whose = organisation("kota-palangka-raya")
    path = csv_file(HEAD, f"{A},poverty,2021,42.5", f"{A},poverty,2031,41.5")
    return whose, load_import(operator(), path, organisation=whose)


def every(indicator: str = "poverty") -> dict[tuple[str, str], float]:
    rows = observation_rows(ObservationFilter(indicator=indicator))
    return {(row.region, row.period): row.value for row in rows}


def test_an_import_of_an_organisation_leaves_the_common_evidence_as_it_was(
    shipped: None, csv_file
) -> None:
    before = every(), poverty(), evidence_version(), as_of(), len(list(sources_in_use()))
    whose = organisation()
    path = csv_file(HEAD, f"{A},poverty,2021,42.5", f"{A},poverty,2031,41.5")
    load_import(operator(), path, organisation=whose)
    after = every(), poverty(), evidence_version(), as_of(), len(list(sources_in_use()))
    assert before == after


def test_in_the_scope_of_its_organisation_it_lies_above_the_common_evidence(loaded) -> None:
    whose, batch = loaded
    common, version, labelled = every(), evidence_version(), readings(["poverty"], region_table())
    with reading(whole_shelf(whose)):
        assert every() == common | {(A, "2021"): 42.5, (A, "2031"): 41.5}
        assert (poverty(), poverty(B)) == (41.5, float(labelled.values[_row(B), 0]))
        assert evidence_version() != version
        assert as_of() == "2031"
        assert series(A, ["poverty"])["poverty"][-1][:2] == ("2031", 41.5)
        assert {p: v for p, v, _ in series(A, ["poverty"])["poverty"]}["2021"] == 42.5
        assert len(history("poverty", A, "2021")) == 2
        source = readings(["poverty"], region_table()).source(_row(A), 0)
        assert source is not None
        assert (source.batch, source.imported, source.owner) == (batch.pk, True, whose.name)
    assert len(history("poverty", A, "2021")) == 1
    assert current().shelf == COMMON
    assert every() == common
    assert evidence_version() == version


def _row(region: str) -> int:
    return region_table().position[region]


def test_undoing_it_gives_the_common_evidence_back_in_its_scope(loaded) -> None:
    whose, batch = loaded
    common, version = every(), evidence_version()
    undo_import(operator(), batch.pk)
    with reading(whole_shelf(whose)):
        assert (every(), evidence_version()) == (common, version)


def test_a_file_replaces_only_on_its_own_shelf(loaded, csv_file) -> None:
    whose, _first = loaded
    common = every()
    path = csv_file(HEAD, f"{A},poverty,2021,43.5", name="kedua.csv")
    second = load_import(operator(), path, organisation=whose, on_existing="replace")
    assert (second.replaced, second.rows) == (1, 1)
    assert every() == common
    with reading(whole_shelf(whose)):
        assert every()[A, "2021"] == 43.5
    undo_import(operator(), second.pk)
    with reading(whole_shelf(whose)):
        assert every()[A, "2021"] == 42.5
    other = load_import(operator(), path, organisation=organisation("kota-banjarmasin"))
    assert other.replaced == 0


def test_who_may_open_the_evidence_of_an_organisation(loaded) -> None:
    whose, batch = loaded
    member, foreign = person("Ani", ("viewer", whose)), organisation("kota-banjarmasin")
    other = person("Budi", ("analyst", foreign))
    assert scope_of(asks(member), whose.code).batches == (batch.pk,)
    administrator = person("Citra", is_administrator=True)
    for outsider in (asks(other), visitor(), asks(administrator)):
        with pytest.raises(UnseenError):
            scope_of(outsider, whose.code)
    share(operator(), batch, foreign, Level.READ)
    assert scope_of(asks(other), whose.code).batches == (batch.pk,)
    set_visibility(operator(), batch, Visibility.PUBLIC)
    assert scope_of(visitor(), whose.code).batches == (batch.pk,)
    assert scope_of(asks(other), foreign.code).batches == ()
    with pytest.raises(UnseenError):
        scope_of(asks(other), "tidak-ada")


def test_of_a_shelf_only_the_batches_that_may_be_read_are_laid_above(loaded, csv_file) -> None:
    whose, _first = loaded
    foreign = organisation("kota-banjarmasin")
    path = csv_file(HEAD, f"{B},poverty,2032,7.5", name="kedua.csv")
    second = load_import(operator(), path, organisation=whose)
    share(operator(), second, foreign, Level.READ)
    with reading(scope_of(asks(person("Budi", ("analyst", foreign))), whose.code)):
        assert poverty(B) == 7.5
        assert poverty(A) != 41.5


def test_indicators_and_sources_of_an_organisation_are_unknown_to_others(
    shipped: None, csv_file
) -> None:
    whose, foreign = organisation(), organisation("kota-banjarmasin")
    mapping = Mapping(
        layout="long",
        region="A",
        indicator="B",
        period="C",
        value="D",
        new_indicators=(NewIndicator("tpa.sisa_umur", "Sisa umur TPA", "years", "higher"),),
        new_source=NewSource("Dinas LH Palangka Raya"),
    )
    path = csv_file(HEAD, f"{A},tpa.sisa_umur,2030,3")
    first = load_import(operator(), path, mapping, organisation=whose)
    assert "tpa.sisa_umur" not in indicator_catalogue()
    assert "Dinas LH Palangka Raya" not in {one.name for one in sources_in_use()}
    with reading(whole_shelf(foreign)):
        assert "tpa.sisa_umur" not in indicator_catalogue()
    with reading(whole_shelf(whose)):
        assert indicator_catalogue()["tpa.sisa_umur"].unit == "years"
        assert "Dinas LH Palangka Raya" in {one.name for one in sources_in_use()}
    load_import(operator(), path, mapping, organisation=foreign)
    made = adopt_import(operator(), first.pk, "dipakai bersama")
    assert (made.organisation, made.adopted_from, made.rows) == (None, first, 1)
    assert "tpa.sisa_umur" in indicator_catalogue()
    undo_import(operator(), made.pk)
    assert "Dinas LH Palangka Raya" not in {one.name for one in sources_in_use()}


def test_a_private_indicator_is_not_counted_with_its_common_source(shipped: None) -> None:
    before = Client().get("/api/v1/sources?limit=100").json()
    common = Source.objects.get(code=before["items"][0]["code"])
    Indicator.objects.create(
        code="rahasia", name_id="Rahasia", unit="years", source=common, organisation=organisation()
    )
    assert Client().get("/api/v1/sources?limit=100").json() == before


@pytest.mark.parametrize("code", ["\x00", "kota\x00"])
def test_a_code_that_no_database_holds_is_not_found(db, code: str) -> None:
    with CaptureQueriesContext(connection) as asked, pytest.raises(UnseenError):
        scope_of(operator(), code)
    assert not asked.captured_queries


def test_the_source_of_an_undone_common_import_is_gone_from_the_sources(
    shipped: None, csv_file
) -> None:
    batch = load_import(operator(), csv_file(HEAD, f"{A},poverty,2031,4", name="dinas.csv"))
    assert "dinas.csv" in {one.name for one in sources_in_use()}
    undo_import(operator(), batch.pk)
    assert "dinas.csv" not in {one.name for one in sources_in_use()}


KEYS = st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(202_000, 202_003))
SHELVES = st.dictionaries(KEYS, st.floats(0, 100, width=32), max_size=25)


def records(values: dict[tuple[int, int, int], float]) -> np.ndarray:
    rows = [(i, r, p, value, 1, 1) for (i, r, p), value in values.items()]
    return np.array(rows, dtype=store.READ)


def as_dict(found: np.ndarray) -> dict[tuple[int, int, int], float]:
    return {(int(i), int(r), int(p)): float(v) for i, r, p, v, _, _ in found}


@given(common=SHELVES, above=SHELVES)
def test_an_overlay_is_the_union_in_which_what_lies_above_counts(common, above) -> None:
    found = store.overlaid(records(common), records(above))
    assert as_dict(found) == common | above
    assert len(found) == len(common | above)


@given(common=SHELVES)
def test_nothing_above_leaves_the_very_same_records(common) -> None:
    under = records(common)
    assert store.overlaid(under, records({})) is under


@pytest.fixture
def client(shipped: None) -> Iterator[Client]:
    return signed_in(Client(), person("Budi", ("analyst", organisation("kota-banjarmasin"))))


OPEN = (
    "/?wilayah=63.71",
    "/peta.json?wilayah=63.71",
    "/peta.csv?wilayah=63.71",
    "/wilayah/63.71/",
    "/wilayah/63.71.json",
    "/wilayah/63.71/indikator.csv",
    "/data/poverty/",
    "/data/poverty/unduh.csv",
    "/sumber/",
    "/data/",
)


def answers(client: Client) -> dict[str, bytes]:
    found = {}
    for path in OPEN:
        answer = client.get(path)
        assert answer.status_code == 200, path
        found[path] = answer.getvalue() if answer.streaming else answer.content
    return found


def steady(found: dict[str, bytes]) -> dict[str, bytes]:
    import re

    changing = re.compile(
        rb'nonce="[^"]*"|X-CSRFToken[^}]*|csrfmiddlewaretoken[^>]*|data-once="[^"]*"'
    )
    return {path: changing.sub(b"", body) for path, body in found.items()}


@pytest.mark.parametrize("who", ["visitor", "member of another organisation"])
def test_a_private_import_changes_no_byte_of_what_others_get(client: Client, csv_file, who) -> None:
    asking = Client() if who == "visitor" else client
    before = steady(answers(asking))
    rows = [f"{A},poverty,2031,41.5", f"{A},stunting,2031,55", f"{B},poverty,2021,3"]
    load_import(operator(), csv_file(HEAD, *rows), organisation=organisation())
    assert steady(answers(asking)) == before
    for path in OPEN:
        joined = "&" if "?" in path else "?"
        assert asking.get(f"{path}{joined}bukti=kota-palangka-raya").status_code == 404


def test_a_page_that_reads_a_shelf_for_itself_does_not_say_that_it_was_asked_for(
    loaded, rf
) -> None:
    whose, _ = loaded
    with reading(whole_shelf(whose)):
        assert evidence(rf.get("/impor/abc/")) == {"evidence_scope": None, "evidence_query": ""}
        assert evidence(rf.get("/", {"bukti": whose.code}))["evidence_scope"].code == whose.code


def test_members_see_it_where_the_address_names_their_organisation(client: Client, loaded) -> None:
    whose, batch = loaded
    member = signed_in(Client(), person("Ani", ("viewer", whose)))
    page = member.get(f"/en/data/poverty/?urut=-nilai&bukti={whose.code}").content.decode()
    assert f"Computed with data of {whose.name} above the common evidence." in page
    assert f"/impor/batch/{batch.pk}/" in page
    assert 'href="/en/data/poverty/?urut=-nilai"' in page
    assert "bukti=kota-palangka-raya" in page
    lines = member.get(f"/data/poverty/unduh.csv?bukti={whose.code}").getvalue().decode()
    assert "42.5" in lines
    profile = member.get(f"/en/wilayah/{A}/?bukti={whose.code}").content.decode()
    assert "imported" in profile
    shown = member.get(f"/peta.json?wilayah={A}&bukti={whose.code}").json()
    assert shown["settings"]["evidence"] == whose.code
    assert "evidence" not in member.get(f"/peta.json?wilayah={A}").json()["settings"]


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(code=st.text(max_size=12))
def test_any_other_code_is_not_found(shipped: None, code: str) -> None:
    answer = Client().get("/data/", {"bukti": code})
    assert answer.status_code == (404 if code.strip() else 200)


def test_the_api_puts_an_opportunity_on_a_list_with_the_evidence_that_its_settings_name(
    loaded,
) -> None:
    whose, _batch = loaded
    member = signed_in(Client(), person("Citra", ("analyst", whose)))
    plan = create_list(operator(), whose, ListDetails("RKPD 2028"))
    path = f"/api/v1/lists/{plan.pk}/entries"
    sent = {"object": "TPA_REGIONAL", "members": [A, B], "settings": f"bukti={whose.code}"}
    made = member.post(path, sent, content_type="application/json")
    assert made.status_code == 201, made.json()
    assert made.json()["snapshot"]["settings"]["evidence"] == whose.code
    renewal = f"{path}/{made.json()['id']}/renew?revision=1"
    again = member.post(renewal, content_type="application/json")
    assert again.status_code == 200, again.json()
    # and of an organisation whose evidence is not open, nothing is computed
    foreign = organisation("kota-banjarmasin")
    sent |= {"settings": f"bukti={foreign.code}", "members": [A, "63.01"]}
    assert member.post(path, sent, content_type="application/json").status_code == 404
